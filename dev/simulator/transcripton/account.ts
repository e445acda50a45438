import { FaultQueue } from '../shared/faults';
import { RateLimiter } from '../shared/rateLimiter';
import { RequestCounts } from '../shared/requestCounts';
import { withSettings, type PartialSettings } from '../shared/settings';
import { ENDPOINTS } from './endpoints';
import { Jobs } from './jobs';
import { DEFAULT_SETTINGS, type TranscriptonSettings } from './settings';
import { Webhooks } from './webhooks';

/** The one account that the simulator keeps: what its keys see and what happened to it. */
export class Account {
	settings: TranscriptonSettings;

	readonly webhooks: Webhooks;

	readonly jobs: Jobs;

	readonly limiter = new RateLimiter();

	readonly counts = new RequestCounts();

	readonly faults = new FaultQueue(Object.values(ENDPOINTS));

	/** Requests that carried a key in their address. */
	keysSeenInUrls = 0;

	/** Files that came whole, their bytes, and how many came at one moment. */
	readonly uploads = { received: 0, bytes: 0, underWay: 0, peakParallel: 0 };

	/** Translations that were made; repeated ones cost nothing. */
	translationsMade = 0;

	private readonly firstSettings: TranscriptonSettings;

	/** @param changes what differs from the default settings, for the account's whole life */
	constructor(changes: PartialSettings<TranscriptonSettings>) {
		this.firstSettings = withSettings(DEFAULT_SETTINGS, changes);
		this.settings = this.firstSettings;
		this.webhooks = new Webhooks(() => this.settings);
		this.jobs = new Jobs(
			() => this.settings,
			(job) => this.webhooks.jobDone(job),
		);
	}

	/** Changes settings. Throws an Error on an unknown one. */
	configure(changes: PartialSettings<TranscriptonSettings>): void {
		this.settings = withSettings(this.settings, changes);
	}

	/** Whether a text holds one of the account's keys. */
	holdsKey(text: string): boolean {
		return this.settings.apiKeys.some((key) => text.includes(key));
	}

	/** Does something while an upload counts as under way. */
	async whileUploading<T>(act: () => Promise<T>): Promise<T> {
		this.uploads.underWay += 1;
		this.uploads.peakParallel = Math.max(this.uploads.peakParallel, this.uploads.underWay);
		try {
			return await act();
		} finally {
			this.uploads.underWay -= 1;
		}
	}

	/** All counts, ready for JSON. */
	statistics() {
		const jobs = this.jobs.list();
		const unfailed = jobs.filter(({ status }) => status !== 'failed');
		const contents = new Set(unfailed.map(({ sha256 }) => sha256));
		const { received, bytes, underWay, peakParallel } = this.uploads;
		return {
			...this.counts.snapshot(),
			jobs: jobs.length,
			paidJobs: jobs.filter(({ status, deleted }) => status === 'done' && !deleted).length,
			failedJobs: jobs.filter(({ status }) => status === 'failed').length,
			deletedJobs: jobs.filter(({ deleted }) => deleted).length,
			duplicatesByContent: unfailed.length - contents.size,
			minutesUsed: this.jobs.minutesUsed(),
			translationsMade: this.translationsMade,
			uploads: { received, bytes, underWay },
			peakParallelUploads: peakParallel,
			peakInWindow: this.limiter.peakInWindow(),
			keysSeenInUrls: this.keysSeenInUrls,
			webhooks: this.webhooks.statistics(),
		};
	}

	/** Back to how it started. */
	reset(): void {
		this.settings = this.firstSettings;
		this.jobs.reset();
		this.webhooks.reset();
		this.limiter.reset();
		this.counts.reset();
		this.faults.reset();
		this.keysSeenInUrls = 0;
		this.translationsMade = 0;
		Object.assign(this.uploads, { received: 0, bytes: 0, peakParallel: 0 });
	}

	/** Ends timers and deliveries. */
	stop(): void {
		this.jobs.reset();
		this.webhooks.stop();
	}
}
