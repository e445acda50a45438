/** Everything about the simulated Scripe that can be set. Times are seconds, money is cents. */
export interface ScripeSettings {
	/** Keys that work. */
	apiKeys: string[];
	/** Keys that are answered with key_expired and key_revoked. */
	expiredKeys: string[];
	revokedKeys: string[];
	/** Scopes that the keys lack. */
	missingScopes: string[];
	plan: 'FREE' | 'SOLO' | 'ADVANCED' | 'BUSINESS' | 'ENTERPRISE' | 'TRIAL';
	/** Values of Scripe-Api-Version that are taken. */
	versions: string[];
	/** What the workspace may spend in a day; null for no cap. */
	capCents: number | null;
	prices: { ingestCents: number; generationCents: number };
	/** Requests of the workspace in a sliding window, over all calls. */
	rateLimits: { enabled: boolean; windowSeconds: number; places: number };
	uploads: {
		/** How long a presigned URL lives. */
		expireSeconds: number;
		/** Slows the storage down; null takes bytes as fast as they come. */
		bytesPerSecond: number | null;
	};
	/** How long a job stays in each status. */
	stages: { queuedSeconds: number; runningSeconds: number };
	/** The status of a source: the vendor's pages write `Done` and `Success`. */
	sourceStatus: string;
	/** Characters of a source's text that are given out. */
	previewCharacters: number;
	/** Largest JSON body, and largest body of POST /sources, with an Idempotency-Key. */
	idempotentBodyBytes: number;
	idempotentSourceBytes: number;
	/** Whether a `limit` out of range is clamped; the vendor's pages disagree. */
	clampsLimit: boolean;
}

const MEGABYTE = 1024 ** 2;

/** The settings of a simulator that was told nothing, by the Scripe API reference and guide. */
export const DEFAULT_SETTINGS: ScripeSettings = {
	apiKeys: ['scripe_sk_test_simulator'],
	expiredKeys: ['scripe_sk_test_expired'],
	revokedKeys: ['scripe_sk_test_revoked'],
	missingScopes: [],
	plan: 'ADVANCED',
	versions: ['2026-08-01'],
	capCents: 2000,
	prices: { ingestCents: 10, generationCents: 5 },
	rateLimits: { enabled: true, windowSeconds: 60, places: 120 },
	uploads: { expireSeconds: 3600, bytesPerSecond: null },
	stages: { queuedSeconds: 0.1, runningSeconds: 0.5 },
	sourceStatus: 'Done',
	previewCharacters: 2000,
	idempotentBodyBytes: 256 * 1024,
	idempotentSourceBytes: 8 * MEGABYTE,
	clampsLimit: false,
};

/** The plans whose keys may use the API. */
export const ELIGIBLE_PLANS = ['ADVANCED', 'BUSINESS', 'ENTERPRISE'];

/** Largest file in bytes, by what its content type begins with; Word files have no documented cap. */
export const CAPS: Record<string, number> = {
	'audio/': 500 * MEGABYTE,
	'video/': 500 * MEGABYTE,
	'image/': 25 * MEGABYTE,
	'text/plain': 25 * MEGABYTE,
	'application/pdf': 100 * MEGABYTE,
	'application/msword': 100 * MEGABYTE,
	'application/vnd.openxmlformats-officedocument.': 100 * MEGABYTE,
};
