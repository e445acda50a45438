/**
 * Freezes a constant that calls share, with all that is in it: whoever writes to it gets a TypeError
 * in place of changing the next call.
 */
export function frozen<Constant extends object>(constant: Constant): Constant {
	for (const part of Object.values(constant)) {
		if (typeof part === 'object' && part !== null && !Object.isFrozen(part)) frozen(part as object);
	}
	return Object.freeze(constant);
}
