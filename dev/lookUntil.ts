const firstPauseMs = 50;
const growth = 1.25;
const longestPauseMs = 500;

/**
 * Looks until there is something: soon again at first, then less and less often, because each look takes CPU from what
 * it waits for.
 *
 * @param seconds for how long; the last look comes after that
 * @param look gives what is looked for; undefined while it is not there
 * @returns what is looked for; undefined where it has not come
 * @throws what `look` throws
 */
export async function lookUntil<Found>(
	seconds: number,
	look: () => Promise<Found | undefined> | Found | undefined,
): Promise<Found | undefined> {
	const deadline = Date.now() + seconds * 1000;
	for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * growth, longestPauseMs)) {
		const isLast = Date.now() > deadline;
		const found = await look();
		if (found !== undefined || isLast) return found;
		await new Promise((resolve) => setTimeout(resolve, pauseMs));
	}
}
