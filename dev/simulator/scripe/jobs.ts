import { processingSecondsNamed } from '../shared/fileNames';
import { Refusal } from './errors';
import { newId } from './ids';
import type { ScripeSettings } from './settings';

export const STATUSES = ['QUEUED', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED'] as const;
export type Status = (typeof STATUSES)[number];

export const TYPES = [
	'POST_GENERATION',
	'KB_INGEST_TEXT',
	'KB_INGEST_FILE',
	'KB_INGEST_URL',
	'KB_INGEST_YOUTUBE',
	'SOURCE_INGEST_FILE',
] as const;
export type Type = (typeof TYPES)[number];

/** One job, as the API gives it. */
export interface Job {
	id: string;
	type: Type;
	status: Status;
	projectId: string;
	startedAt: string | null;
	completedAt: string | null;
	progress: { progress: number; updatedAt: string; message: string } | null;
	result: Record<string, string> | null;
	errorCode: string | null;
	errorMessage: string | null;
	attemptCount: number;
	estimatedCompletionMs: number | null;
	createdAt: string;
	updatedAt: string;
}

/** What a job is to do. */
export interface JobRequest {
	type: Type;
	projectId: string;
	/** The text in which `fail-job`, `stuck-queued` and `slow-2s` are looked for. */
	name: string;
	/** Makes the thing, and says its id. */
	make(): Record<string, string>;
}

/** The workspace's jobs and their lives. */
export class Jobs {
	private readonly all: Job[] = [];

	private readonly timers = new Map<string, NodeJS.Timeout>();

	constructor(private readonly settings: () => ScripeSettings) {}

	/** Accepts a job, which then goes on by itself. */
	start({ type, projectId, name, make }: JobRequest): Job {
		const { queuedSeconds, runningSeconds } = this.settings().stages;
		const seconds = processingSecondsNamed(name) ?? runningSeconds;
		const now = new Date().toISOString();
		const job: Job = {
			id: newId('job'),
			type,
			status: 'QUEUED',
			projectId,
			startedAt: null,
			completedAt: null,
			progress: null,
			result: null,
			errorCode: null,
			errorMessage: null,
			attemptCount: 0,
			estimatedCompletionMs: Math.round((queuedSeconds + seconds) * 1000),
			createdAt: now,
			updatedAt: now,
		};
		this.all.push(job);
		if (name.includes('stuck-queued')) return job;
		this.after(job, queuedSeconds, () => {
			this.enter(job, 'RUNNING');
			this.after(job, seconds, () => this.end(job, name, make));
		});
		return job;
	}

	/** The job with this id. Throws not_found. */
	find(id: string): Job {
		const job = this.all.find((each) => each.id === id);
		if (!job) throw new Refusal('not_found', 'There is no job with this id');
		return job;
	}

	/** Every job, the oldest first. */
	list(): Job[] {
		return this.all;
	}

	/** Cancels a job. Throws unprocessable when it is not queued any more. */
	cancel(id: string): Job {
		const job = this.find(id);
		if (job.status !== 'QUEUED') {
			throw new Refusal('unprocessable', 'Only a job that is QUEUED can be cancelled');
		}
		this.enter(job, 'CANCELLED');
		return job;
	}

	/** Stops every timer and forgets every job. */
	reset(): void {
		for (const timer of this.timers.values()) clearTimeout(timer);
		this.timers.clear();
		this.all.length = 0;
	}

	private end(job: Job, name: string, make: () => Record<string, string>): void {
		if (name.includes('fail-job')) {
			job.errorCode = 'processing_failed';
			job.errorMessage = 'The job was told to fail';
			this.enter(job, 'FAILED');
			return;
		}
		job.result = make();
		this.enter(job, 'DONE');
	}

	private enter(job: Job, status: Status): void {
		const now = new Date().toISOString();
		clearTimeout(this.timers.get(job.id));
		job.status = status;
		job.updatedAt = now;
		job.progress = null;
		if (status === 'RUNNING') {
			job.startedAt = now;
			job.attemptCount = 1;
			job.progress = { progress: 0.5, updatedAt: now, message: 'Working' };
		} else {
			job.completedAt = now;
		}
	}

	private after(job: Job, seconds: number, act: () => void): void {
		const timer = setTimeout(act, seconds * 1000);
		timer.unref();
		this.timers.set(job.id, timer);
	}
}
