/**
 * Numbers from 0 to 1 that look like chance, and are the same for the same seed (mulberry32).
 *
 * @returns gives the next one
 */
export function randomOf(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** One of several values. */
export function pick<T>(random: () => number, values: readonly T[]): T {
	return values[Math.floor(random() * values.length)]!;
}

/** The same values in another order. */
export function shuffled<T>(random: () => number, values: readonly T[]): T[] {
	const keyed = values.map((value) => ({ value, key: random() }));
	return keyed.sort((a, b) => a.key - b.key).map(({ value }) => value);
}

/** A number from `least` up to, but not including, `beyond`. */
export function between(random: () => number, least: number, beyond: number): number {
	return least + random() * (beyond - least);
}
