/** Codes that a request is answered with at once, and their status (Scriptivox API reference). */
export const SYNCHRONOUS_CODES = {
	INVALID_REQUEST: 400,
	INVALID_FILENAME: 400,
	INVALID_MEDIA_FORMAT: 400,
	FILE_NOT_UPLOADED: 400,
	FILE_TOO_LARGE: 400,
	UPLOAD_ALREADY_USED: 400,
	UPLOAD_EXPIRED: 400,
	INVALID_API_KEY: 401,
	API_KEY_REVOKED: 401,
	ZERO_BALANCE: 402,
	INSUFFICIENT_BALANCE: 402,
	UPLOAD_NOT_FOUND: 404,
	TRANSCRIPTION_NOT_FOUND: 404,
	NOT_FOUND: 404,
	METHOD_NOT_ALLOWED: 405,
	CONFLICT: 409,
	IDEMPOTENCY_KEY_LOCKED: 409,
	PAYLOAD_TOO_LARGE: 413,
	UNSUPPORTED_MEDIA_TYPE: 415,
	IDEMPOTENCY_KEY_CONFLICT: 422,
	RATE_LIMIT_EXCEEDED: 429,
	INTERNAL_ERROR: 500,
} as const;

/** Codes that a failed job carries, and what it says with them (Scriptivox API reference). */
export const ASYNCHRONOUS_CODES = {
	URL_NOT_ACCESSIBLE: 'The URL did not return media to an anonymous request',
	DOWNLOAD_FAILED: 'The download of the media broke off',
	INVALID_MEDIA_FORMAT:
		'The file holds no audio that can be decoded, or less than one second of it',
	DURATION_TOO_LONG: 'The recording is longer than ten hours',
	PROCESSING_ERROR: 'The transcription failed',
	CREATED_TIMEOUT: 'The job did not start in time',
	DOWNLOAD_TIMEOUT: 'The download took too long',
	PROCESSING_TIMEOUT: 'The transcription took too long',
	BILLING_ERROR: 'The charge failed; nothing was charged or delivered',
	INTERNAL_ERROR: 'An internal error occurred',
	CANCELLED: 'The transcription was cancelled',
} as const;

export type SynchronousCode = keyof typeof SYNCHRONOUS_CODES;
export type AsynchronousCode = keyof typeof ASYNCHRONOUS_CODES;

/** A request that Scriptivox refuses. */
export class Refusal extends Error {
	readonly status: number;

	constructor(
		readonly code: SynchronousCode,
		message: string,
		readonly headers: Record<string, string> = {},
	) {
		super(message);
		this.status = SYNCHRONOUS_CODES[code];
	}
}

/** Scriptivox's error envelope: `{ error: { code, message } }`. */
export function errorBody(status: number, code: string | undefined, message: string) {
	return { error: { code: code ?? usualCode(status), message } };
}

function usualCode(status: number): string {
	if (status === 429) return 'RATE_LIMIT_EXCEEDED';
	const known = Object.entries(SYNCHRONOUS_CODES).find(([, of]) => of === status);
	return known ? known[0] : 'INTERNAL_ERROR';
}

const FRAMEWORK_CODES: Record<string, SynchronousCode> = {
	FST_ERR_CTP_BODY_TOO_LARGE: 'PAYLOAD_TOO_LARGE',
	FST_ERR_CTP_INVALID_MEDIA_TYPE: 'UNSUPPORTED_MEDIA_TYPE',
	FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'INVALID_REQUEST',
	FST_ERR_VALIDATION: 'INVALID_REQUEST',
};

/** Whatever was thrown while a request was worked on, as the refusal that it is answered with. */
export function refusalOf(error: unknown): Refusal {
	if (error instanceof Refusal) return error;
	const { code = '', message = '' } = error as { code?: string; message?: string };
	return new Refusal(FRAMEWORK_CODES[code] ?? 'INTERNAL_ERROR', message);
}
