/** Everything about the simulated Whipscribe that can be set. Times are seconds. */
export interface WhipscribeSettings {
	/** Keys that work. */
	apiKeys: string[];
	/** Signed-in users, by their ID token: `{ token: email }`. */
	idTokens: Record<string, string>;
	/** Hours of audio that the account had at the start; done jobs with speech use them up. */
	creditHours: number;
	rateLimits: {
		/** Requests a window for each key; null for none: Whipscribe documents no numbers. */
		perKey: number | null;
		windowSeconds: number;
		/** Whether a 429 says when to come again; not documented. */
		retryAfter: boolean;
	};
	uploads: {
		maximumBytes: number;
		/** Slows the reception down; null takes bytes as fast as they come. */
		bytesPerSecond: number | null;
	};
	stages: { queuedSeconds: number; processingSeconds: number };
	maximumDurationSeconds: number;
	audio: {
		storage: 'vultr' | 'disk';
		/** How long an address works. */
		expiresInSeconds: number;
		retentionDays: number;
		/** How long after its end a job's recording is kept. */
		keptSeconds: number;
	};
	/** `array` as documented, or `object` as seen live: `{ jobs: [...] }`. */
	listEnvelope: 'array' | 'object';
	/** What a finished job's `progress` is: 1 as documented, 100 as seen live. */
	fullProgress: 1 | 100;
	/** How refusals are worded: `{ error, code }` as documented, or FastAPI's, as seen live. */
	errorEnvelope: 'code' | 'detail' | 'detailList';
	/** Status of a read without the claim token that its job needs: 401 as documented, or 404. */
	unprovenStatus: 401 | 404;
}

/** The settings of a simulator that was told nothing, by the Whipscribe API docs. */
export const DEFAULT_SETTINGS: WhipscribeSettings = {
	apiKeys: ['whip_live_simulator'],
	idTokens: { 'id-token-simulator': 'user@example.com' },
	creditHours: 1000,
	rateLimits: { perKey: null, windowSeconds: 60, retryAfter: false },
	uploads: { maximumBytes: 5 * 1024 ** 3, bytesPerSecond: null },
	stages: { queuedSeconds: 0.1, processingSeconds: 0.5 },
	maximumDurationSeconds: 10 * 3600,
	audio: { storage: 'vultr', expiresInSeconds: 600, retentionDays: 365, keptSeconds: 365 * 86_400 },
	listEnvelope: 'array',
	fullProgress: 1,
	errorEnvelope: 'code',
	unprovenStatus: 401,
};
