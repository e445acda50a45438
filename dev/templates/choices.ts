/**
 * A node's parameters with what its user has to pick from a list, such as a folder, empty again
 * where the source has it empty: the pick belongs to the account of who exported the workflow.
 *
 * @param was the parameters of the source
 */
export function withoutChoices<T>(was: unknown, value: T): T {
	if (typeof value !== 'object' || value === null || typeof was !== 'object' || was === null) {
		return value;
	}
	if (isLocator(value) && isLocator(was)) return was.value === '' ? (was as T) : value;
	if (Array.isArray(value)) return value;
	const known = was as Record<string, unknown>;
	return Object.fromEntries(
		Object.entries(value).map(([key, each]) => [key, withoutChoices(known[key], each)]),
	) as T;
}

function isLocator(value: object): value is { value: unknown } {
	return '__rl' in value && 'value' in value;
}
