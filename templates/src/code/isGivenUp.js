// @ts-check

const PATIENCE_MS = 3 * 24 * 3_600_000;

/**
 * Whether to give something up that nobody but the provider is to blame for: for three days it has
 * answered with an error of its own (5xx). No outage lasts that long, so it is the file or the link. What
 * is not answered at all, a limit and an account that is not ready are waited for without an end.
 *
 * @param {{ kind: string, status: number | null }} trouble
 * @param {number | null | undefined} since when it began, in milliseconds since 1970
 * @param {number} now in milliseconds since 1970
 */
export function isGivenUp({ kind, status }, since, now) {
	const isOfTheProvider = kind === 'passing' && Number(status) >= 500;
	return isOfTheProvider && now - (since || now) >= PATIENCE_MS;
}
