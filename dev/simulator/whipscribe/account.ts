import { FaultQueue } from '../shared/faults';
import { RateLimiter } from '../shared/rateLimiter';
import { RequestCounts } from '../shared/requestCounts';
import { withSettings, type PartialSettings } from '../shared/settings';
import { envelopeOf, usualCode } from './errors';
import { SubmitKeys } from './idempotency';
import { isCharged, isSpeechless, Jobs } from './jobs';
import { DEFAULT_SETTINGS, type WhipscribeSettings } from './settings';

/** Whipscribe's calls, as statistics and faults name them. */
export const ENDPOINTS = {
	transcribe: 'POST /transcribe',
	transcribeUrl: 'POST /transcribe/url',
	list: 'GET /jobs',
	get: 'GET /jobs/{id}',
	result: 'GET /jobs/{id}/result',
	audio: 'GET /jobs/{id}/audio/url',
	claim: 'POST /jobs/claim',
	delete: 'DELETE /jobs/{id}',
	me: 'GET /me',
} as const;

/** What the simulated Whipscribe knows and counts. */
export class Account {
	settings: WhipscribeSettings;

	readonly jobs = new Jobs(() => this.settings);

	readonly submitKeys = new SubmitKeys();

	readonly limiter = new RateLimiter();

	readonly counts = new RequestCounts();

	readonly faults = new FaultQueue(Object.values(ENDPOINTS));

	/** Requests that carried a key in their address. */
	keysSeenInUrls = 0;

	private readonly uploads = { underWay: 0, peak: 0 };

	private readonly firstSettings: WhipscribeSettings;

	/** @param changes what differs from the default settings, for the account's whole life */
	constructor(changes: PartialSettings<WhipscribeSettings>) {
		this.firstSettings = withSettings(DEFAULT_SETTINGS, changes);
		this.settings = this.firstSettings;
	}

	/** Changes settings. Throws an Error on an unknown one. */
	configure(changes: PartialSettings<WhipscribeSettings>): void {
		this.settings = withSettings(this.settings, changes);
	}

	/** An error's body, in the envelope that is set. */
	readonly errorBody = (status: number, code: string | undefined, message: string): object =>
		envelopeOf(this.settings.errorEnvelope, code ?? usualCode(status), message);

	/** Runs the reception of a file, and counts how many run at once. */
	async receiving<T>(reception: () => Promise<T>): Promise<T> {
		this.uploads.underWay += 1;
		this.uploads.peak = Math.max(this.uploads.peak, this.uploads.underWay);
		try {
			return await reception();
		} finally {
			this.uploads.underWay -= 1;
		}
	}

	/** All counts, ready for JSON. */
	statistics() {
		const jobs = this.jobs.list();
		const unfailed = jobs.filter(({ status }) => status !== 'failed');
		return {
			...this.counts.snapshot(),
			jobs: jobs.length,
			paidJobs: jobs.filter(isCharged).length,
			silentJobs: jobs.filter((job) => job.status === 'done' && isSpeechless(job)).length,
			failedJobs: jobs.length - unfailed.length,
			duplicatesByContent: unfailed.length - new Set(unfailed.map(({ sha256 }) => sha256)).size,
			idempotentReplays: this.submitKeys.replays,
			peakParallelUploads: this.uploads.peak,
			keysSeenInUrls: this.keysSeenInUrls,
		};
	}

	/** Back to how it started. */
	reset(): void {
		this.settings = this.firstSettings;
		this.jobs.reset();
		this.submitKeys.reset();
		this.limiter.reset();
		this.counts.reset();
		this.faults.reset();
		this.uploads.peak = this.uploads.underWay;
		this.keysSeenInUrls = 0;
	}
}
