import { randomBytes, randomUUID } from 'node:crypto';
import { isSilent, processingSecondsNamed } from '../shared/fileNames';
import { durationOf } from '../shared/speech';
import { Refusal } from './errors';
import type { Caller } from './callers';
import type { WhipscribeSettings } from './settings';

export type Status = 'queued' | 'processing' | 'done' | 'failed';

/** What a job is made from. */
export interface JobRequest {
	fileName: string | null;
	/** Of the bytes; of the URL, for a job from a URL. */
	sha256: string;
	sizeBytes: number;
	language: string | null;
	diarize: boolean;
	wordTimestamps: boolean;
	source: string;
}

/** One job, as it goes through its statuses. */
export interface Job extends JobRequest {
	id: string;
	/** The key that it came with. */
	apiKey: string;
	/** Whose it is; null while it waits to be claimed. */
	user: string | null;
	/** Null where it was a user's from the start, or was claimed. */
	claimToken: string | null;
	status: Status;
	/** Milliseconds since 1970. */
	createdAt: number;
	endedAt: number | null;
	durationSeconds: number;
	error: string | null;
	deleted: boolean;
}

const NAMED_FAILURE = /fail-([A-Za-z0-9-]+)/;

/** The account's jobs: their lives, and the hours that they use up. */
export class Jobs {
	private readonly all = new Map<string, Job>();

	private readonly timers = new Map<string, NodeJS.Timeout>();

	constructor(private readonly settings: () => WhipscribeSettings) {}

	/** Accepts a job. Throws NO_CREDITS where it is longer than the hours that are left. */
	create(request: JobRequest, { apiKey, user }: Caller): Job {
		const durationSeconds = durationOf(request.sizeBytes);
		const creditHours = this.creditHours();
		if (durationSeconds / 3600 > creditHours) {
			throw new Refusal('NO_CREDITS', 'Not enough credits for this recording', {
				credits: { hours: creditHours },
				upgrade_url: 'https://whipscribe.com/pricing',
			});
		}
		const job: Job = {
			...request,
			id: randomUUID(),
			apiKey,
			user,
			claimToken: user === null ? `claim_${randomBytes(24).toString('base64url')}` : null,
			status: 'queued',
			createdAt: Date.now(),
			endedAt: null,
			durationSeconds,
			error: null,
			deleted: false,
		};
		this.all.set(job.id, job);
		this.after(job, this.settings().stages.queuedSeconds, () => this.process(job));
		return job;
	}

	/** Puts a job into the list that nobody sent, as it is wanted. */
	add(wanted: Partial<Job>): Job {
		const id = randomUUID();
		const job: Job = {
			id,
			fileName: 'meeting.mp3',
			sha256: id,
			sizeBytes: 160_000,
			language: null,
			diarize: true,
			wordTimestamps: true,
			source: 'api',
			apiKey: this.settings().apiKeys[0] ?? '',
			user: null,
			claimToken: null,
			status: 'done',
			createdAt: Date.now(),
			endedAt: Date.now(),
			durationSeconds: 10,
			error: null,
			deleted: false,
			...wanted,
		};
		this.all.set(job.id, job);
		return job;
	}

	/** The job with this id; undefined where there is none any more. */
	find(id: string): Job | undefined {
		const job = this.all.get(id);
		return job?.deleted ? undefined : job;
	}

	/** Every job that was ever accepted, oldest first, deleted ones too. */
	list(): Job[] {
		return [...this.all.values()];
	}

	/** Ends a job at once, well where it has no error. */
	end(job: Job, error: string | null): void {
		clearTimeout(this.timers.get(job.id));
		this.timers.delete(job.id);
		job.status = error === null ? 'done' : 'failed';
		job.error = error;
		job.endedAt = Date.now();
	}

	/** Removes a job, and ends the work on one that runs. */
	delete(job: Job): void {
		if (!isEnded(job)) this.end(job, 'cancelled');
		job.deleted = true;
	}

	/** Gives the jobs with these tokens to a user; returns how many there were. */
	claim(tokens: string[], user: string): number {
		const claimed = this.list().filter(
			({ claimToken, deleted }) => !deleted && claimToken !== null && tokens.includes(claimToken),
		);
		for (const job of claimed) {
			job.user = user;
			job.claimToken = null;
		}
		return claimed.length;
	}

	/** Stops every timer and forgets every job. */
	reset(): void {
		for (const timer of this.timers.values()) clearTimeout(timer);
		this.timers.clear();
		this.all.clear();
	}

	private creditHours(): number {
		const used = this.list().filter(isCharged);
		const seconds = used.reduce((sum, { durationSeconds }) => sum + durationSeconds, 0);
		return Math.max(0, this.settings().creditHours - seconds / 3600);
	}

	private process(job: Job): void {
		job.status = 'processing';
		const name = job.fileName ?? '';
		if (name.includes('stuck')) return;
		const seconds = processingSecondsNamed(name) ?? this.settings().stages.processingSeconds;
		this.after(job, seconds, () => this.end(job, this.failureOf(job)));
	}

	private failureOf({ fileName, durationSeconds }: Job): string | null {
		const named = NAMED_FAILURE.exec(fileName ?? '')?.[1];
		if (named) return named;
		if (durationSeconds === 0) return 'The file holds no audio';
		const { maximumDurationSeconds } = this.settings();
		return durationSeconds > maximumDurationSeconds ? 'The recording is too long' : null;
	}

	private after(job: Job, seconds: number, act: () => void): void {
		const timer = setTimeout(act, seconds * 1000);
		timer.unref();
		this.timers.set(job.id, timer);
	}
}

/** Whether a job will not change any more. */
export function isEnded({ status }: Job): boolean {
	return status === 'done' || status === 'failed';
}

/** Whether nobody speaks in a job's recording. */
export function isSpeechless({ fileName }: Job): boolean {
	return isSilent(fileName ?? '');
}

/** Whether a job uses up hours: failed ones and those without speech do not. */
export function isCharged(job: Job): boolean {
	return job.status === 'done' && !isSpeechless(job);
}
