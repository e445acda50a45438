import { textOf } from '../core/wireValues';

/**
 * A provider's things as entries of a picker; what has no id cannot be chosen and is left out.
 *
 * @param idOf where a thing's id stands
 * @param labelOf what a user sees of it
 */
export function choicesOf<Wire>(
	things: Wire[],
	idOf: (thing: Wire) => unknown,
	labelOf: (thing: Wire) => string,
): Array<{ name: string; value: string }> {
	return things.flatMap((thing) => {
		const value = textOf(idOf(thing));
		return value === null ? [] : [{ name: labelOf(thing), value }];
	});
}
