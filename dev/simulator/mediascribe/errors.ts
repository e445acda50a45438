/** A request that the appliance refuses. */
export class Refusal extends Error {
	constructor(
		readonly status: number,
		message: string,
		readonly headers: Record<string, string> = {},
	) {
		super(message);
	}
}

/** An error's body. The vendor documents none: a sentence is what most services give. */
export function errorBody(_status: number, _code: string | undefined, message: string) {
	return { message };
}

const FRAMEWORK_STATUSES: Record<string, number> = {
	FST_ERR_CTP_BODY_TOO_LARGE: 413,
	FST_ERR_CTP_INVALID_MEDIA_TYPE: 415,
	FST_ERR_CTP_EMPTY_JSON_BODY: 422,
	FST_ERR_CTP_INVALID_JSON_BODY: 422,
};

/** Whatever was thrown while a request was worked on, as the refusal that it is answered with. */
export function refusalOf(error: unknown): Refusal {
	if (error instanceof Refusal) return error;
	const { code = '', message = '' } = error as { code?: string; message?: string };
	return new Refusal(FRAMEWORK_STATUSES[code] ?? 500, message);
}
