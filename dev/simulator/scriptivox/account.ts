import type { FastifyReply, FastifyRequest } from 'fastify';
import { FaultQueue, meetFault, type Fault } from '../shared/faults';
import { RateLimiter } from '../shared/rateLimiter';
import { RequestCounts } from '../shared/requestCounts';
import { withSettings, type PartialSettings } from '../shared/settings';
import { ENDPOINTS } from './endpoints';
import { errorBody } from './errors';
import { faultsNamed, type Step } from './fileNames';
import { IdempotencyKeys } from './idempotency';
import { Jobs } from './jobs';
import { DEFAULT_SETTINGS, type ScriptivoxSettings } from './settings';
import { Uploads } from './uploads';
import { Webhooks } from './webhooks';

/** The one account that the simulator keeps: what its keys see and what happened to it. */
export class Account {
	settings: ScriptivoxSettings;

	readonly uploads = new Uploads(() => this.settings);

	readonly webhooks: Webhooks;

	readonly jobs: Jobs;

	readonly idempotencyKeys = new IdempotencyKeys();

	readonly limiter = new RateLimiter();

	readonly counts = new RequestCounts();

	readonly faults = new FaultQueue(Object.values(ENDPOINTS));

	/** Requests that carried a key where none belongs. */
	readonly keysSeen = { storage: 0, urls: 0 };

	private readonly firstSettings: ScriptivoxSettings;

	private readonly namedFaultsMet = new Map<string, number>();

	/** @param changes what differs from the default settings, for the account's whole life */
	constructor(changes: PartialSettings<ScriptivoxSettings>) {
		this.firstSettings = withSettings(DEFAULT_SETTINGS, changes);
		this.settings = this.firstSettings;
		this.webhooks = new Webhooks(() => this.settings);
		this.jobs = new Jobs(
			() => this.settings,
			(job) => this.webhooks.statusChanged(job),
		);
	}

	/** Changes settings. Throws an Error on an unknown one. */
	configure(changes: PartialSettings<ScriptivoxSettings>): void {
		this.settings = withSettings(this.settings, changes);
	}

	/** Lets go wrong what the file's name says goes wrong here; true when the request is answered. */
	async meetNamedFault(
		name: string,
		step: Step,
		request: FastifyRequest,
		reply: FastifyReply,
	): Promise<boolean> {
		return await meetFault(this.namedFault(name, step), request, reply, errorBody);
	}

	/** The fault that a file's name puts here, if it did not happen often enough yet. */
	namedFault(name: string, step: Step): Fault | null {
		for (const fault of faultsNamed(name, step)) {
			const place = `${step} ${fault.kind} ${fault.status ?? ''} ${name}`;
			const met = this.namedFaultsMet.get(place) ?? 0;
			if (met >= fault.times) continue;
			this.namedFaultsMet.set(place, met + 1);
			return fault;
		}
		return null;
	}

	/** Whether a text holds one of the account's keys. */
	holdsKey(text: string): boolean {
		return [...this.settings.apiKeys, ...this.settings.revokedKeys].some((key) =>
			text.includes(key),
		);
	}

	/** All counts, ready for JSON. */
	statistics() {
		const jobs = this.jobs.list();
		const completed = jobs.filter((job) => job.status === 'completed');
		const unfailed = jobs.filter((job) => job.status !== 'failed');
		const contents = new Set(unfailed.map((job) => job.sha256));
		return {
			...this.counts.snapshot(),
			jobs: jobs.length,
			paidJobs: completed.length,
			failedJobs: jobs.filter((job) => job.status === 'failed').length,
			duplicatesByContent: unfailed.length - contents.size,
			idempotentReplays: this.idempotencyKeys.replays,
			uploads: this.uploads.statistics(),
			peakParallelUploads: this.uploads.peakParallel,
			peakInWindow: this.peakInWindow(),
			keysSeenAtStorage: this.keysSeen.storage,
			keysSeenInUrls: this.keysSeen.urls,
			webhooks: this.webhooks.statistics(),
		};
	}

	/** Back to how it started. */
	reset(): void {
		this.settings = this.firstSettings;
		this.jobs.reset();
		this.uploads.reset();
		this.webhooks.reset();
		this.idempotencyKeys.reset();
		this.limiter.reset();
		this.counts.reset();
		this.faults.reset();
		this.namedFaultsMet.clear();
		this.keysSeen.storage = 0;
		this.keysSeen.urls = 0;
	}

	/** Ends timers and deliveries. */
	stop(): void {
		this.jobs.reset();
		this.webhooks.stop();
	}

	/** The fullest window of each call, whichever key it was; keys themselves stay inside. */
	private peakInWindow(): Record<string, number> {
		const peaks: Record<string, number> = {};
		for (const [name, peak] of Object.entries(this.limiter.peakInWindow())) {
			const endpoint = Object.values(ENDPOINTS).find((known) => name.endsWith(` ${known}`));
			if (endpoint) peaks[endpoint] = Math.max(peaks[endpoint] ?? 0, peak);
		}
		return peaks;
	}
}
