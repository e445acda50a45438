import type { LimitName } from './endpoints';

/** Transcripton's plans; only the paid ones may use the API. */
export type PlanName = 'free' | 'pro' | 'business';

/** What a plan allows (Transcripton API reference). */
export interface Plan {
	minutes: number;
	fileMinutes: number;
	fileMegabytes: number;
	concurrentJobs: number;
	translations: number;
	isPaid: boolean;
}

export const PLANS: Record<PlanName, Plan> = {
	free: {
		minutes: 60,
		fileMinutes: 30,
		fileMegabytes: 100,
		concurrentJobs: 1,
		translations: 0,
		isPaid: false,
	},
	pro: {
		minutes: 600,
		fileMinutes: 60,
		fileMegabytes: 500,
		concurrentJobs: 3,
		translations: 10,
		isPaid: true,
	},
	business: {
		minutes: 2500,
		fileMinutes: 240,
		fileMegabytes: 2048,
		concurrentJobs: 5,
		translations: 50,
		isPaid: true,
	},
};

/** Everything about the simulated Transcripton that can be set. Times are seconds. */
export interface TranscriptonSettings {
	/** Keys that work. */
	apiKeys: string[];
	plan: PlanName;
	/** Minutes that were used this month before the simulator started. */
	minutesUsed: number;
	/** Translations that were used this month before the simulator started. */
	translationsUsed: number;
	/** The longest recording in minutes, in place of the plan's; null keeps to the plan. */
	fileMinutes: number | null;
	/** Off: starting a job is answered with email_not_verified. */
	emailVerified: boolean;
	/** Off: starting a job is answered with asr_quota_exceeded. */
	asrAvailable: boolean;
	/** Off: translating is answered with translation_unavailable. */
	translationAvailable: boolean;
	/** What can be translated into; the vendor documents no list. */
	targetLanguages: string[];
	/** Whether the first bytes of a file must be those of a kind that is taken. */
	checkFirstBytes: boolean;
	/** Slows uploads down; null takes bytes as fast as they come. */
	bytesPerSecond: number | null;
	/** How long a job stays in each of the statuses that it goes through. */
	stageSeconds: number;
	/** Limits of a paid plan, counted over the account, whichever key it was. */
	rateLimits: {
		enabled: boolean;
		/** Length of the sliding window: 60 at the vendor's, shorter for quick measurements. */
		windowSeconds: number;
		places: Record<LimitName, number>;
	};
	/** How translations and deliveries are listed; the vendor does not document it. */
	listEnvelope: 'array' | 'object';
	webhooks: {
		/** What the dashboard holds; null sends nothing. */
		url: string | null;
		secret: string;
		/** Pauses between the tries; after the last one the event is given up. */
		retrySeconds: number[];
		timeoutSeconds: number;
	};
}

/** The settings of a simulator that was told nothing, by the Transcripton API reference. */
export const DEFAULT_SETTINGS: TranscriptonSettings = {
	apiKeys: ['ts_simulator'],
	plan: 'business',
	minutesUsed: 0,
	translationsUsed: 0,
	fileMinutes: null,
	emailVerified: true,
	asrAvailable: true,
	translationAvailable: true,
	targetLanguages: ['ar', 'de', 'en', 'es', 'fr', 'it', 'ja', 'ko', 'nl', 'pl', 'pt', 'uk', 'zh'],
	checkFirstBytes: true,
	bytesPerSecond: null,
	stageSeconds: 0.15,
	rateLimits: {
		enabled: true,
		windowSeconds: 60,
		places: { start: 10, get: 120, improve: 20 },
	},
	listEnvelope: 'object',
	webhooks: {
		url: null,
		secret: 'whsec_transcripton_simulator',
		retrySeconds: [30, 300, 1800, 3600, 14_400],
		timeoutSeconds: 30,
	},
};
