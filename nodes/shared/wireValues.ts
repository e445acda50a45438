/** A reply's value as a string; null where it is anything else, or empty. */
export function textOf(value: unknown): string | null {
	return typeof value === 'string' && value !== '' ? value : null;
}

/** A reply's value as a finite number; null where it is anything else. */
export function numberOf(value: unknown): number | null {
	return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** A reply's value as an object; empty where it is anything else. */
export function objectOf(value: unknown): Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value)
		? (value as Record<string, unknown>)
		: {};
}

/** A reply's value as a list of objects; empty where it is anything else. */
export function objectsOf(value: unknown): Array<Record<string, unknown>> {
	return Array.isArray(value) ? value.map(objectOf) : [];
}

/** A reply's value as a list of strings; whatever is none is left out. */
export function textsOf(value: unknown): string[] {
	return Array.isArray(value) ? value.filter((text) => typeof text === 'string') : [];
}

/**
 * A reply's list: the reply itself, or the only list in it. For calls whose envelope the vendor does
 * not document.
 *
 * @returns undefined where it holds no list, or several
 */
export function listIn(body: unknown): Array<Record<string, unknown>> | undefined {
	const lists = Array.isArray(body) ? [body] : Object.values(objectOf(body)).filter(Array.isArray);
	return lists.length === 1 ? objectsOf(lists[0]) : undefined;
}
