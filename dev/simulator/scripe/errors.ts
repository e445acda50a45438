import { randomUUID } from 'node:crypto';

/** Codes and their status (Scripe API guide, errors). */
export const CODES = {
	invalid_request: 400,
	bad_pagination: 400,
	bad_cursor: 400,
	version_unsupported: 400,
	invalid_token: 401,
	key_expired: 401,
	key_revoked: 401,
	spend_cap_exceeded: 402,
	plan_not_eligible: 403,
	scope_missing: 403,
	not_found: 404,
	idempotency_key_conflict: 409,
	payload_too_large: 413,
	unprocessable: 422,
	rate_limited: 429,
	internal_error: 500,
} as const;

export type Code = keyof typeof CODES;

/** What an error carries beside code and message. */
export interface Extras {
	details?: object;
	meta?: object;
}

/** A request that Scripe refuses. */
export class Refusal extends Error {
	readonly status: number;

	constructor(
		readonly code: Code,
		message: string,
		readonly extras: Extras = {},
		readonly headers: Record<string, string> = {},
	) {
		super(message);
		this.status = CODES[code];
	}
}

/** Scripe's error envelope: `{ error: { code, message, request_id, docs_url, … } }`. */
export function errorBody(
	status: number,
	code: string | undefined,
	message: string,
	extras: Extras = {},
) {
	const said = code ?? usualCode(status);
	return {
		error: {
			code: said,
			message,
			request_id: `req_${randomUUID().replaceAll('-', '').slice(0, 20)}`,
			docs_url: `https://apidocs.scripe.io/api/v1/errors/${said}`,
			...extras,
		},
	};
}

function usualCode(status: number): string {
	const known = Object.entries(CODES).find(([, of]) => of === status);
	return known ? known[0] : 'internal_error';
}

const FRAMEWORK_CODES: Record<string, Code> = {
	FST_ERR_CTP_BODY_TOO_LARGE: 'payload_too_large',
	FST_ERR_CTP_INVALID_MEDIA_TYPE: 'invalid_request',
	FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'invalid_request',
	FST_ERR_VALIDATION: 'invalid_request',
};

/** Whatever was thrown while a request was worked on, as the refusal that it is answered with. */
export function refusalOf(error: unknown): Refusal {
	if (error instanceof Refusal) return error;
	const { code = '', message = '' } = error as { code?: string; message?: string };
	return new Refusal(FRAMEWORK_CODES[code] ?? 'internal_error', message);
}
