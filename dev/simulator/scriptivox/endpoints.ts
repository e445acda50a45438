/** Scriptivox's calls as statistics, limits and faults name them. `PUT /storage` is the presigned URL. */
export const ENDPOINTS = {
	upload: 'POST /upload',
	put: 'PUT /storage',
	transcribe: 'POST /transcribe',
	get: 'GET /transcribe/{id}',
	cancel: 'POST /transcribe/{id}/cancel',
	delete: 'DELETE /transcribe/{id}',
	list: 'GET /transcriptions',
	balance: 'GET /balance',
} as const;

declare module 'fastify' {
	interface FastifyContextConfig {
		/** The call that a route is; routes without one are not counted or limited. */
		endpoint?: string;
	}
	interface FastifyRequest {
		/** The key that this request came with, once it was found good. */
		apiKey: string;
	}
}
