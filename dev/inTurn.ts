import { type Print, toTerminal } from './command';

/**
 * Starts work beside other work, and keeps what it prints until it is its turn: two that print at once cannot be read.
 *
 * @param work prints with what it is given
 * @returns to be called when it is its turn: what was kept is printed, then the rest as it comes
 * @throws from the returned function, whatever the work throws
 */
export function inTurn<Result>(work: (print: Print) => Promise<Result>): () => Promise<Result> {
	const kept: string[] = [];
	let isItsTurn = false;
	const ended = work((text) => {
		if (isItsTurn) toTerminal(text);
		else kept.push(text);
	});
	// it may fail before its turn
	ended.catch(() => {});
	return async () => {
		isItsTurn = true;
		toTerminal(kept.join(''));
		return await ended;
	};
}
