import { ENDPOINTS } from './endpoints';

/** Everything about the simulated Scriptivox that can be set. Times are seconds, money is cents. */
export interface ScriptivoxSettings {
	/** Keys that work. */
	apiKeys: string[];
	/** Keys that are answered with API_KEY_REVOKED. */
	revokedKeys: string[];
	/** What the account held at the start; finished jobs are charged against it. */
	balanceCents: number;
	priceCentsPerHour: number;
	rateLimits: {
		enabled: boolean;
		/** Length of the sliding window: 60 at the vendor's, shorter for quick measurements. */
		windowSeconds: number;
		/** Requests a window for each key. */
		perKey: Record<string, number>;
		/** Requests a window for each network address, over all calls. */
		perAddress: number;
	};
	uploads: {
		/** How long a presigned URL lives. */
		expireSeconds: number;
		maximumBytes: number;
		/** Slows the storage down; null takes bytes as fast as they come. */
		bytesPerSecond: number | null;
	};
	/** How long POST /transcribe works before it answers; its idempotency key is locked meanwhile. */
	acceptSeconds: number;
	/** How long a job stays in each status. Uploads are `pending`, URLs are `downloading`. */
	stages: {
		createdSeconds: number;
		pendingSeconds: number;
		downloadingSeconds: number;
		processingSeconds: number;
	};
	/** How long a job that is stuck stays in a status before it fails with the status's timeout. */
	stallSeconds: { created: number; downloading: number; processing: number };
	maximumDurationSeconds: number;
	/** What `align` is when a request does not say; the vendor's pages disagree. */
	alignByDefault: boolean;
	webhooks: {
		/** Whether `transcription.completed` carries `result.full_transcript`; the pages disagree. */
		withResult: boolean;
		/** Share of events that are never sent, 0 to 1; which ones is decided by the seed. */
		droppedShare: number;
		seed: number;
		/** How far the clock of the signatures is off: 600 is ten minutes ahead. */
		clockOffsetSeconds: number;
		/** Used for requests without a `webhook_url`, as the account's setting at the vendor's. */
		defaultUrl: string | null;
		timeoutSeconds: number;
	};
}

/** The settings of a simulator that was told nothing, by the Scriptivox API reference. */
export const DEFAULT_SETTINGS: ScriptivoxSettings = {
	apiKeys: ['sk_live_simulator'],
	revokedKeys: ['sk_live_revoked'],
	balanceCents: 100_000,
	priceCentsPerHour: 20,
	rateLimits: {
		enabled: true,
		windowSeconds: 60,
		perKey: {
			[ENDPOINTS.upload]: 60,
			[ENDPOINTS.transcribe]: 60,
			[ENDPOINTS.get]: 200,
			[ENDPOINTS.cancel]: 30,
			[ENDPOINTS.delete]: 30,
			[ENDPOINTS.list]: 60,
			[ENDPOINTS.balance]: 100,
		},
		perAddress: 300,
	},
	uploads: { expireSeconds: 3600, maximumBytes: 5 * 1024 ** 3, bytesPerSecond: null },
	acceptSeconds: 0,
	stages: {
		createdSeconds: 0.05,
		pendingSeconds: 0.2,
		downloadingSeconds: 0.3,
		processingSeconds: 0.5,
	},
	stallSeconds: { created: 30 * 60, downloading: 15 * 60, processing: 45 * 60 },
	maximumDurationSeconds: 10 * 3600,
	alignByDefault: false,
	webhooks: {
		withResult: true,
		droppedShare: 0,
		seed: 1,
		clockOffsetSeconds: 0,
		defaultUrl: null,
		timeoutSeconds: 30,
	},
};
