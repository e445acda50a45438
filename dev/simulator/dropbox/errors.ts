/** A request that Dropbox refuses (Dropbox HTTP API, errors). */
export class Refusal extends Error {
	/**
	 * @param body JSON, or plain text for a request that Dropbox does not understand
	 */
	constructor(
		readonly status: number,
		readonly body: object | string,
		readonly headers: Record<string, string> = {},
	) {
		super(typeof body === 'string' ? body : JSON.stringify(body));
	}
}

/** The envelope of an error: `path/not_found` is the tag `not_found` within the tag `path`. */
export function envelopeOf(summary: string, more: object = {}): object {
	return { error_summary: `${summary}/..`, error: { ...taggedOf(summary.split('/')), ...more } };
}

function taggedOf([tag = 'other', ...inner]: string[]): object {
	return inner.length === 0 ? { '.tag': tag } : { '.tag': tag, [tag]: taggedOf(inner) };
}

/** An error that the endpoint itself documents. */
export function refused(summary: string): Refusal {
	return new Refusal(409, envelopeOf(summary));
}

/** A request that Dropbox does not understand: plain text. */
export function misunderstood(endpoint: string, problem: string): Refusal {
	return new Refusal(400, `Error in call to API function "${endpoint}": ${problem}`);
}

/** A token that does not open the door. */
export function unauthorized(summary: string, more: object = {}): Refusal {
	return new Refusal(401, envelopeOf(summary, more));
}

/** Too many requests, or too many writes at once. */
export function limited(reason: string, retryAfterSeconds: number): Refusal {
	const error = { reason: { '.tag': reason }, retry_after: retryAfterSeconds };
	const headers = { 'retry-after': String(retryAfterSeconds) };
	return new Refusal(429, { error_summary: `${reason}/..`, error }, headers);
}

/** A fault's body, with a code such as `path/not_found` or `too_many_write_operations`. */
export function errorBody(status: number, code: string | undefined, message: string): unknown {
	if (status === 429) return limited(code ?? 'too_many_requests', 1).body;
	return code === undefined ? message : envelopeOf(code);
}
