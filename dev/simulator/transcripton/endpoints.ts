/** Transcripton's calls as statistics, limits and faults name them. */
export const ENDPOINTS = {
	upload: 'POST /jobs',
	fromUrl: 'POST /jobs/from-url',
	list: 'GET /jobs',
	get: 'GET /jobs/{id}',
	export: 'GET /jobs/{id}/export',
	delete: 'DELETE /jobs/{id}',
	polish: 'POST /jobs/{id}/polish',
	summarize: 'POST /jobs/{id}/summarize',
	translate: 'POST /transcriptions/{id}/translate',
	translations: 'GET /transcriptions/{id}/translations',
	deliveries: 'GET /integrations/webhooks/deliveries',
} as const;

/** The limits that Transcripton counts, each over one or two calls. */
export type LimitName = 'start' | 'get' | 'improve';

/** Which limit a call is counted under; the others have none that is documented. */
export const LIMITED: Record<string, LimitName | undefined> = {
	[ENDPOINTS.upload]: 'start',
	[ENDPOINTS.fromUrl]: 'start',
	[ENDPOINTS.get]: 'get',
	[ENDPOINTS.polish]: 'improve',
	[ENDPOINTS.summarize]: 'improve',
};
