// @ts-check

/**
 * Whether something is wrong with what was sent, and not with the line, the account or the settings,
 * which others would meet as well.
 *
 * @param {{ error?: unknown, details?: { httpStatus?: number | null } }} failure what a provider's node
 * gives at its error output
 */
export function isAboutTheFile({ error, details }) {
	const REFUSED = [400, 404, 405, 409, 410, 413, 415, 422];
	if (details?.httpStatus) return REFUSED.includes(details.httpStatus);
	return /could not (transcribe|write)|has more than [\d,]+ characters/.test(String(error));
}
