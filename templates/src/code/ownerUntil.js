// @ts-check
/**
 * Who works on a file, and until when, as the table holds it.
 *
 * @param {string} executionId
 * @param {number} time in milliseconds since 1970
 */
export function ownerUntil(executionId, time) {
	return `${executionId} until ${new Date(time).toISOString()}`;
}
