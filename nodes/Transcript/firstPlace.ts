/**
 * The first place in a list at which something holds that holds at all places behind it too, found by
 * halving.
 *
 * @param count how long the list is
 * @returns the last place where it holds at none before it; 0 of an empty list
 */
export function firstPlace(count: number, holds: (place: number) => boolean): number {
	let low = 0;
	let high = Math.max(count - 1, 0);
	while (low < high) {
		const middle = (low + high) >> 1;
		if (holds(middle)) high = middle;
		else low = middle + 1;
	}
	return low;
}
