// @ts-check

/**
 * Names runs: by their look, so that no two are alike, and with the uploads that they may make at once.
 *
 * @param {string} look
 * @returns {(parallel: number) => string}
 */
export function runTokens(look) {
	let number = 0;
	return (parallel) => `${look}.${++number}.${parallel}`;
}
