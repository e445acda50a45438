const turns = new Map<string, Promise<unknown>>();

/**
 * Does one thing after the other, for all that shares a key: two notifications at once would read
 * the same changes twice.
 */
export async function inTurn<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
	const before = turns.get(key) ?? Promise.resolve();
	const turn = before.then(work, work);
	turns.set(key, turn);
	return await turn;
}
