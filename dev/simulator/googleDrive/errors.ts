/** What Google says beside a reason: which part of the request it is about. */
export interface Place {
	locationType: 'parameter' | 'header';
	location: string;
}

/** A request that the Drive API refuses. */
export class Refusal extends Error {
	constructor(
		readonly status: number,
		/** Google's name for it, e.g. `notFound`. */
		readonly reason: string,
		message: string,
		readonly place?: Place,
	) {
		super(message);
	}
}

/** A parameter whose value is none that it can have. */
export function invalidParameter(location: string, message = 'Invalid Value'): Refusal {
	return new Refusal(400, 'invalid', message, { locationType: 'parameter', location });
}

/** A file that does not exist, or is not the caller's to see. */
export function notFound(id: string): Refusal {
	const place = { locationType: 'parameter', location: 'fileId' } as const;
	return new Refusal(404, 'notFound', `File not found: ${id}.`, place);
}

/** An access token that is missing, unknown or too old. */
export function unauthenticated(): Refusal {
	const place = { locationType: 'header', location: 'Authorization' } as const;
	return new Refusal(401, 'authError', 'Invalid Credentials', place);
}

const USUAL_REASONS: Record<number, string> = {
	401: 'authError',
	403: 'userRateLimitExceeded',
	404: 'notFound',
	429: 'rateLimitExceeded',
	500: 'internalError',
	503: 'backendError',
};

/** The Drive API's error envelope. */
export function errorBody(
	status: number,
	reason: string | undefined,
	message: string,
	place?: Place,
) {
	const word = reason ?? USUAL_REASONS[status] ?? 'badRequest';
	return {
		error: {
			code: status,
			message,
			errors: [{ message, domain: 'global', reason: word, ...place }],
		},
	};
}

/** The status and body that an error thrown while a request was worked on is answered with. */
export function replyTo(error: unknown): { status: number; body: object } {
	if (error instanceof Refusal) {
		const { status, reason, message, place } = error;
		return { status, body: errorBody(status, reason, message, place) };
	}
	const { statusCode = 500, message } = error as { statusCode?: number; message: string };
	return { status: statusCode, body: errorBody(statusCode, undefined, message) };
}
