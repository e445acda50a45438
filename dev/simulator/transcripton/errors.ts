/** Codes and their status (Transcripton API reference). */
export const CODES = {
	unsupported_format: 400,
	unsupported_language: 400,
	invalid_api_key: 401,
	quota_exceeded: 402,
	translation_quota_exceeded: 402,
	email_not_verified: 403,
	polish_requires_paid_plan: 403,
	summarize_requires_paid_plan: 403,
	translation_not_in_plan: 403,
	not_found: 404,
	job_not_ready: 409,
	file_too_large: 413,
	file_too_long: 413,
	rate_limited: 429,
	asr_quota_exceeded: 503,
	translation_unavailable: 503,
} as const;

export type Code = keyof typeof CODES;

/** A request that Transcripton refuses. */
export class Refusal extends Error {
	readonly status: number;

	/** @param extras figures that stand beside code and message, such as `minutes_used` */
	constructor(
		readonly code: Code,
		message: string,
		readonly extras: object = {},
		readonly headers: Record<string, string> = {},
	) {
		super(message);
		this.status = CODES[code];
	}
}

/** One field of a request that is missing or of the wrong kind. */
export interface FieldFlaw {
	loc: string[];
	msg: string;
	type: string;
}

/** A request whose fields are wrong: the vendor documents no code, its framework sends a list. */
export class InvalidFields extends Error {
	constructor(readonly flaws: FieldFlaw[]) {
		super(flaws.map(({ msg }) => msg).join('; '));
	}
}

/** Transcripton's error envelope: `{ detail: { code, message, … } }`. */
export function errorBody(
	status: number,
	code: string | undefined,
	message: string,
	extras: object = {},
) {
	return { detail: { code: code ?? usualCode(status), message, ...extras } };
}

function usualCode(status: number): string {
	const known = Object.entries(CODES).find(([, of]) => of === status);
	return known ? known[0] : 'internal_error';
}

/** The status and body that an error thrown while a request was worked on is answered with. */
export function replyTo(error: unknown): {
	status: number;
	headers: Record<string, string>;
	body: object;
} {
	if (error instanceof Refusal) {
		const { status, code, message, extras, headers } = error;
		return { status, headers, body: errorBody(status, code, message, extras) };
	}
	if (error instanceof InvalidFields) {
		return { status: 422, headers: {}, body: { detail: error.flaws } };
	}
	const { statusCode = 500, message } = error as { statusCode?: number; message: string };
	return { status: statusCode, headers: {}, body: { detail: message } };
}
