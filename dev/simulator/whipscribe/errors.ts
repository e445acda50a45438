/** Codes that a request is answered with, and their status (Whipscribe API docs). */
export const CODES = {
	BAD_ID: 400,
	BAD_URL: 400,
	BAD_IDEMPOTENCY_KEY: 400,
	MISSING_API_KEY: 401,
	/** Seen live. */
	INVALID_API_KEY: 401,
	AUTHENTICATION_REQUIRED: 401,
	NO_CREDITS: 402,
	/** Seen live. */
	transcript_locked: 402,
	NOT_FOUND: 404,
	/** Seen live, of another call: the docs do not say how an early read of a result is refused. */
	FEATURES_NOT_READY: 409,
	AUDIO_EXPIRED: 410,
	AUDIO_MISSING: 410,
	FILE_TOO_LARGE: 413,
	BAD_MIME: 415,
	BAD_SOURCE: 422,
	RATE_LIMITED: 429,
	BACKEND_ERROR: 502,
	BACKEND_UNREACHABLE: 502,
} as const;

export type Code = keyof typeof CODES;

/** A request that Whipscribe refuses. */
export class Refusal extends Error {
	readonly status: number;

	/**
	 * @param code null for a field that the request's schema refuses, which has no documented code
	 * @param extras what stands beside error and code
	 */
	constructor(
		readonly code: Code | null,
		message: string,
		readonly extras: Record<string, unknown> = {},
		readonly headers: Record<string, string> = {},
	) {
		super(message);
		this.status = code === null ? 422 : CODES[code];
	}
}

/** How a refusal is worded. */
export type Envelope = 'code' | 'detail' | 'detailList';

/** An error's body in the envelope asked for; `detailList` is FastAPI's for a field. */
export function envelopeOf(
	envelope: Envelope,
	code: string | null,
	message: string,
	extras: Record<string, unknown> = {},
): object {
	if (envelope === 'detail') return { detail: message };
	if (envelope === 'detailList' || code === null) {
		return { detail: [{ loc: ['request'], msg: message, type: 'value_error' }] };
	}
	return { error: message, code, ...extras };
}

/** The code that goes with a status where none is named. */
export function usualCode(status: number): string {
	const known = Object.entries(CODES).find(([, of]) => of === status);
	return known ? known[0] : 'BACKEND_ERROR';
}

/** Whatever was thrown while a request was worked on, as the refusal that it is answered with. */
export function refusalOf(error: unknown): Refusal {
	if (error instanceof Refusal) return error;
	const { code = '', message = '' } = error as { code?: string; message?: string };
	if (code.startsWith('FST_ERR_CTP') || code === 'FST_ERR_VALIDATION') {
		return new Refusal(null, message);
	}
	return new Refusal('BACKEND_ERROR', message);
}
