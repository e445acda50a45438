import { randomUUID } from 'node:crypto';
import { isSilent, processingSecondsNamed } from '../shared/fileNames';
import { ASYNCHRONOUS_CODES, Refusal, type AsynchronousCode } from './errors';
import { failureNamed, stuckStatusNamed } from './fileNames';
import type { ScriptivoxSettings } from './settings';
import { durationOf, type TranscriptRequest } from './transcript';

/** Scriptivox's statuses; the last two are final. */
export const STATUSES = [
	'created',
	'downloading',
	'pending',
	'processing',
	'completed',
	'failed',
] as const;
export type Status = (typeof STATUSES)[number];

/** What a job is made from. */
export interface JobRequest {
	/** The key that it came with: its webhooks are signed with it. */
	apiKey: string;
	source: 'upload' | 'url';
	fileName: string;
	/** Of the bytes; of the URL, for a job from a URL. */
	sha256: string;
	sizeBytes: number;
	/** The address, for a job from a URL. */
	url: string | null;
	language: string | null;
	diarize: boolean;
	speakerCount: number | null;
	align: boolean;
	webhookUrl: string | null;
}

/** One transcription, as it goes through its statuses. Money is cents. */
export interface Job extends JobRequest {
	id: string;
	/** Its place in the order of creation, from 1. */
	sequence: number;
	status: Status;
	createdAt: Date;
	startedAt: Date | null;
	completedAt: Date | null;
	durationSeconds: number;
	costCents: number;
	error: { code: AsynchronousCode; message: string } | null;
	deleted: boolean;
}

/** The account's jobs: their lives and what they cost. */
export class Jobs {
	private readonly all = new Map<string, Job>();

	private readonly timers = new Map<string, NodeJS.Timeout>();

	private chargedCents = 0;

	private reservedCents = 0;

	/**
	 * @param settings gives the settings as they are now
	 * @param onStatus told each time a job enters a status
	 */
	constructor(
		private readonly settings: () => ScriptivoxSettings,
		private readonly onStatus: (job: Job) => void,
	) {}

	/** Accepts a job. Throws ZERO_BALANCE, or INSUFFICIENT_BALANCE when it costs more than is free. */
	create(request: JobRequest): Job {
		const durationSeconds = durationOf(request.sizeBytes);
		const costCents = cents((durationSeconds / 3600) * this.settings().priceCentsPerHour);
		const { availableCents } = this.balance();
		if (availableCents <= 0) throw new Refusal('ZERO_BALANCE', 'The balance is empty');
		if (costCents > availableCents) {
			throw new Refusal('INSUFFICIENT_BALANCE', 'The balance does not cover this recording');
		}
		const job: Job = {
			...request,
			id: randomUUID(),
			sequence: this.all.size + 1,
			status: 'created',
			createdAt: new Date(),
			startedAt: null,
			completedAt: null,
			durationSeconds,
			costCents,
			error: null,
			deleted: false,
		};
		this.all.set(job.id, job);
		this.reservedCents += costCents;
		this.after(job, this.settings().stages.createdSeconds, () => this.leaveCreated(job));
		return job;
	}

	/** The job with this id. Throws TRANSCRIPTION_NOT_FOUND, for deleted ones too. */
	find(id: string): Job {
		const job = this.all.get(id);
		if (!job || job.deleted) {
			throw new Refusal('TRANSCRIPTION_NOT_FOUND', 'There is no transcription with this id');
		}
		return job;
	}

	/** Every job that was ever accepted, oldest first, deleted ones too. */
	list(): Job[] {
		return [...this.all.values()];
	}

	/**
	 * Cancels a job in flight; a cancelled one stays as it is.
	 *
	 * @returns cents that are free again
	 * @throws CONFLICT when it has ended otherwise
	 */
	cancel(job: Job): number {
		if (job.error?.code === 'CANCELLED') return 0;
		if (isTerminal(job)) throw new Refusal('CONFLICT', 'The transcription has ended already');
		this.end(job, 'CANCELLED');
		return job.costCents;
	}

	/** Ends a job in flight at once, as it would have ended by itself. */
	finish(job: Job): void {
		if (!isTerminal(job)) this.end(job, failureNamed(job.fileName));
	}

	/** Deletes a job softly, again and again if asked. Throws TRANSCRIPTION_NOT_FOUND, CONFLICT. */
	delete(id: string): void {
		const job = this.all.get(id) ?? this.find(id);
		if (!isTerminal(job)) {
			throw new Refusal('CONFLICT', 'The transcription is in flight: cancel it first');
		}
		job.deleted = true;
	}

	/** What the account holds, what jobs in flight have reserved, and what is left. */
	balance(): { balanceCents: number; reservedCents: number; availableCents: number } {
		const balanceCents = cents(this.settings().balanceCents - this.chargedCents);
		const reservedCents = cents(this.reservedCents);
		return { balanceCents, reservedCents, availableCents: cents(balanceCents - reservedCents) };
	}

	/** Stops every timer and forgets every job and charge. */
	reset(): void {
		for (const timer of this.timers.values()) clearTimeout(timer);
		this.timers.clear();
		this.all.clear();
		this.chargedCents = 0;
		this.reservedCents = 0;
	}

	private leaveCreated(job: Job): void {
		if (this.stalls(job, 'created', 'CREATED_TIMEOUT')) return;
		if (failureNamed(job.fileName) === 'CREATED_TIMEOUT') return this.end(job, 'CREATED_TIMEOUT');
		const fromUrl = job.source === 'url';
		const { downloadingSeconds, pendingSeconds } = this.settings().stages;
		this.enter(job, fromUrl ? 'downloading' : 'pending');
		this.after(job, fromUrl ? downloadingSeconds : pendingSeconds, () => this.leaveIntake(job));
	}

	private leaveIntake(job: Job): void {
		if (job.source === 'url' && this.stalls(job, 'downloading', 'DOWNLOAD_TIMEOUT')) return;
		const failure = this.intakeFailure(job);
		if (failure) return this.end(job, failure);
		job.startedAt = new Date();
		this.enter(job, 'processing');
		const seconds =
			processingSecondsNamed(job.fileName) ?? this.settings().stages.processingSeconds;
		this.after(job, seconds, () => this.leaveProcessing(job));
	}

	private intakeFailure(job: Job): AsynchronousCode | null {
		const named = failureNamed(job.fileName);
		if (named && FAILS_AT_INTAKE.includes(named)) return named;
		if (job.url !== null && !isPublic(job.url)) return 'URL_NOT_ACCESSIBLE';
		if (job.durationSeconds < 1) return 'INVALID_MEDIA_FORMAT';
		if (job.durationSeconds > this.settings().maximumDurationSeconds) return 'DURATION_TOO_LONG';
		return null;
	}

	private leaveProcessing(job: Job): void {
		if (this.stalls(job, 'processing', 'PROCESSING_TIMEOUT')) return;
		this.end(job, failureNamed(job.fileName));
	}

	/** Leaves a job whose name says so in its status, until that status's timeout. */
	private stalls(
		job: Job,
		status: 'created' | 'downloading' | 'processing',
		code: AsynchronousCode,
	): boolean {
		if (stuckStatusNamed(job.fileName) !== status) return false;
		this.after(job, this.settings().stallSeconds[status], () => this.end(job, code));
		return true;
	}

	private end(job: Job, code: AsynchronousCode | null): void {
		clearTimeout(this.timers.get(job.id));
		this.timers.delete(job.id);
		job.completedAt = new Date();
		this.reservedCents -= job.costCents;
		if (code) {
			job.error = { code, message: ASYNCHRONOUS_CODES[code] };
		} else {
			this.chargedCents = cents(this.chargedCents + job.costCents);
		}
		this.enter(job, code ? 'failed' : 'completed');
	}

	private enter(job: Job, status: Status): void {
		job.status = status;
		this.onStatus(job);
	}

	private after(job: Job, seconds: number, act: () => void): void {
		const timer = setTimeout(act, seconds * 1000);
		timer.unref();
		this.timers.set(job.id, timer);
	}
}

/** Whether a job will not change any more. */
export function isTerminal(job: Job): boolean {
	return job.status === 'completed' || job.status === 'failed';
}

/** What a job's transcript is made from. */
export function transcriptRequestOf(job: Job): TranscriptRequest {
	return { ...job, silent: isSilent(job.fileName) };
}

const FAILS_AT_INTAKE: AsynchronousCode[] = [
	'URL_NOT_ACCESSIBLE',
	'DOWNLOAD_FAILED',
	'DOWNLOAD_TIMEOUT',
	'INVALID_MEDIA_FORMAT',
	'DURATION_TOO_LONG',
];

const PRIVATE_HOST =
	/^(localhost|.*\.(localhost|local|internal|invalid|test)|127\..*|10\..*|192\.168\..*|169\.254\..*|172\.(1[6-9]|2\d|3[01])\..*|0\.0\.0\.0|\[(::1?|f[cd].*|fe80.*)\])$/;

/** Whether an anonymous GET from the internet could return media: links known to fail do not. */
function isPublic(url: string): boolean {
	const { hostname, pathname } = new URL(url);
	if (PRIVATE_HOST.test(hostname)) return false;
	if (/(^|\.)dropbox\.com$/.test(hostname)) return !pathname.startsWith('/scl/fo/');
	if (hostname === '1drv.ms') return !/^\/[vp]\/c\//.test(pathname);
	return true;
}

function cents(value: number): number {
	return Math.round(value * 10_000) / 10_000;
}
