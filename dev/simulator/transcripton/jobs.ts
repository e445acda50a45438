import { randomUUID } from 'node:crypto';
import { processingSecondsNamed } from '../shared/fileNames';
import { durationOf } from '../shared/speech';
import { Refusal } from './errors';
import { failsByName, isStuckByName } from './fileNames';
import { PLANS, type TranscriptonSettings } from './settings';

/** Transcripton's statuses; the last two are final. The place is the `stage` of the API: a job that is done has 6. */
export const STATUSES = [
	'queued',
	'downloading',
	'extracting',
	'transcribing',
	'diarizing',
	'analyzing',
	'done',
	'failed',
] as const;
export type Status = (typeof STATUSES)[number];

/** What a job is made from. */
export interface JobRequest {
	source: 'upload' | 'url';
	fileName: string;
	/** Of the bytes; of the URL, for a job from a URL. */
	sha256: string;
	sizeBytes: number;
	diarize: boolean;
	language: string | null;
}

/** A translation as the API gives it. */
export interface Translation {
	id: string;
	transcription_id: string;
	target_lang: string;
	text: string;
	llm_model: string;
	created_at: string;
}

/** One job, as it goes through its statuses. */
export interface Job extends JobRequest {
	id: string;
	transcriptionId: string;
	/** Its place in the order of creation, from 1. */
	sequence: number;
	status: Status;
	/** The last stage that it reached, from 0 to 6. */
	stage: number;
	createdAt: Date;
	durationSeconds: number;
	polished: boolean;
	summarized: boolean;
	translations: Translation[];
	deleted: boolean;
}

/** The account's jobs: their lives and the minutes that they cost. */
export class Jobs {
	private readonly all = new Map<string, Job>();

	private readonly timers = new Map<string, NodeJS.Timeout>();

	/**
	 * @param settings gives the settings as they are now
	 * @param onDone told each time a job is done
	 */
	constructor(
		private readonly settings: () => TranscriptonSettings,
		private readonly onDone: (job: Job) => void,
	) {}

	/** Accepts a job. Throws file_too_large, file_too_long or quota_exceeded, by the plan. */
	create(request: JobRequest): Job {
		const durationSeconds = durationOf(request.sizeBytes);
		this.checkPlan(request.sizeBytes, durationSeconds);
		const job: Job = {
			...request,
			id: randomUUID(),
			transcriptionId: randomUUID(),
			sequence: this.all.size + 1,
			status: 'queued',
			stage: 0,
			createdAt: new Date(),
			durationSeconds,
			polished: false,
			summarized: false,
			translations: [],
			deleted: false,
		};
		this.all.set(job.id, job);
		this.after(job, this.settings().stageSeconds, () => this.begin(job));
		return job;
	}

	/** The job with this id. Throws not_found, for deleted ones too. */
	find(id: string): Job {
		return found(this.all.get(id));
	}

	/** The job that a transcription belongs to. Throws not_found, before it is done too. */
	findTranscription(id: string): Job {
		const job = this.list().find(({ transcriptionId }) => transcriptionId === id);
		return found(job?.status === 'done' ? job : undefined);
	}

	/** Every job that was ever accepted, oldest first, deleted ones too. */
	list(): Job[] {
		return [...this.all.values()];
	}

	/** Removes a job and refunds its minutes; one that is under way is stopped. */
	delete(id: string): void {
		const job = this.find(id);
		clearTimeout(this.timers.get(job.id));
		job.deleted = true;
	}

	/** Minutes of this month: jobs that failed or were deleted cost none. */
	minutesUsed(): number {
		const charged = this.list().filter(({ status, deleted }) => status !== 'failed' && !deleted);
		const seconds = charged.reduce((sum, { durationSeconds }) => sum + durationSeconds, 0);
		return Math.round((this.settings().minutesUsed + seconds / 60) * 100) / 100;
	}

	/** Stops every timer and forgets every job. */
	reset(): void {
		for (const timer of this.timers.values()) clearTimeout(timer);
		this.timers.clear();
		this.all.clear();
	}

	private checkPlan(sizeBytes: number, durationSeconds: number): void {
		const { plan, fileMinutes: shortened } = this.settings();
		const { minutes, fileMegabytes } = PLANS[plan];
		const fileMinutes = shortened ?? PLANS[plan].fileMinutes;
		if (sizeBytes > fileMegabytes * 1024 * 1024) {
			throw new Refusal('file_too_large', 'The file is too large for the plan', {
				max_file_size_mb: fileMegabytes,
				plan,
			});
		}
		if (durationSeconds > fileMinutes * 60) {
			throw new Refusal('file_too_long', 'The recording is too long for the plan', {
				max_file_minutes: fileMinutes,
				plan,
			});
		}
		const used = this.minutesUsed();
		if (used + durationSeconds / 60 > minutes) {
			throw new Refusal('quota_exceeded', 'Monthly minutes are used up', {
				minutes_used: used,
				minutes_limit: minutes,
				plan,
				reset_at: '2026-12-01T00:00:00Z',
			});
		}
	}

	/** Leaves the queue, once the plan has a place for one more job under way. */
	private begin(job: Job): void {
		const { plan, stageSeconds } = this.settings();
		const underWay = this.list().filter(
			({ status, deleted }) => !deleted && status !== 'queued' && !isTerminal(status),
		);
		if (underWay.length >= PLANS[plan].concurrentJobs) {
			return this.after(job, stageSeconds, () => this.begin(job));
		}
		this.enter(job, job.source === 'url' ? 'downloading' : 'extracting');
	}

	private enter(job: Job, status: Status): void {
		job.status = status;
		if (status !== 'failed') job.stage = STATUSES.indexOf(status);
		if (status === 'done') return this.onDone(job);
		if (isTerminal(status) || (status === 'transcribing' && isStuckByName(job.fileName))) return;
		const isLong = status === 'transcribing';
		const named = isLong ? processingSecondsNamed(job.fileName) : null;
		this.after(job, named ?? this.settings().stageSeconds, () =>
			this.enter(job, nextStatus(job, status)),
		);
	}

	private after(job: Job, seconds: number, act: () => void): void {
		const timer = setTimeout(act, seconds * 1000);
		timer.unref();
		this.timers.set(job.id, timer);
	}
}

function nextStatus(job: Job, status: Status): Status {
	if (status === 'transcribing') {
		if (failsByName(job.fileName)) return 'failed';
		return job.diarize ? 'diarizing' : 'analyzing';
	}
	return STATUSES[STATUSES.indexOf(status) + 1] ?? 'failed';
}

function found(job: Job | undefined): Job {
	if (job && !job.deleted) return job;
	throw new Refusal('not_found', 'There is nothing with this id, or it is not yours');
}

/** Whether a job in this status will not change any more. */
export function isTerminal(status: Status): boolean {
	return status === 'done' || status === 'failed';
}
