const turns = new Map<string, Promise<unknown>>();

/**
 * Does one thing after the other, for all that shares a key: two notifications at once would read
 * the same changes twice.
 */
export async function inTurn<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
	const before = turns.get(key) ?? Promise.resolve();
	const turn = before.then(work, work);
	turns.set(key, turn);
	const end = () => {
		if (turns.get(key) === turn) turns.delete(key);
	};
	turn.then(end, end);
	return await turn;
}

/** Whether something is being done, or waits for its turn. */
export function isUnderWay(key: string): boolean {
	return turns.has(key);
}
