const lastByKey = new Map<string, Promise<unknown>>();

/**
 * Does one thing after the other, for all that shares a key: two notifications at once would read
 * the same changes twice.
 */
export async function oneAtATime<Result>(
	key: string,
	work: () => Promise<Result>,
): Promise<Result> {
	const before = lastByKey.get(key) ?? Promise.resolve();
	const turn = before.then(work, work);
	lastByKey.set(key, turn);
	const end = () => {
		if (lastByKey.get(key) === turn) lastByKey.delete(key);
	};
	turn.then(end, end);
	return await turn;
}

/** Whether something is being done, or waits for its turn. */
export function isUnderWay(key: string): boolean {
	return lastByKey.has(key);
}
