/**
 * A value with its members in the order of a similar one, members that only it has behind them, so
 * that a file changes only where something was edited.
 *
 * @param was the value whose order counts
 */
export function inOrderOf<T>(was: unknown, value: T): T {
	return ordered(was, value) as T;
}

function ordered(was: unknown, value: unknown): unknown {
	if (Array.isArray(value)) return orderedList(Array.isArray(was) ? was : [], value);
	if (!isObject(value)) return value;
	const model = isObject(was) ? was : {};
	const keys = Object.keys(model).filter((key) => key in value);
	const others = Object.keys(value).filter((key) => !keys.includes(key));
	return Object.fromEntries(
		[...keys, ...others].map((key) => [key, ordered(model[key], value[key])]),
	);
}

/** The members of a list stay where they are: their order means something. */
function orderedList(was: unknown[], value: unknown[]): unknown[] {
	return value.map((each, index) => {
		const { id } = isObject(each) ? each : {};
		const same = was.find((other) => id !== undefined && isObject(other) && other.id === id);
		return ordered(same ?? was[index], each);
	});
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
