/** Settings of which any part may be given. */
export type PartialSettings<T> = {
	[K in keyof T]?: T[K] extends readonly unknown[]
		? T[K]
		: T[K] extends object
			? PartialSettings<T[K]>
			: T[K];
};

/**
 * Settings with a part of them replaced; groups are merged, lists and values replaced.
 *
 * @throws Error on a setting that does not exist, so that a misspelt one shows
 */
export function withSettings<T extends object>(settings: T, changes: PartialSettings<T>): T {
	const merged = { ...settings } as Record<string, unknown>;
	for (const [name, value] of Object.entries(changes)) {
		if (!(name in merged)) throw new Error(`There is no setting "${name}"`);
		const before = merged[name];
		merged[name] = isGroup(before) && isGroup(value) ? withSettings(before, value) : value;
	}
	return merged as T;
}

function isGroup(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
