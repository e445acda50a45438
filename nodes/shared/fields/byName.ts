/**
 * Compares two choices by name, letter case aside, as n8n wants lists of choices ordered.
 *
 * @returns what `Array.sort` takes: negative, zero or positive
 */
export function byName(a: { name: string }, b: { name: string }): number {
	// `localeCompare` loads the collation of ICU, a tenth of the time that the pack takes to load
	const [one, other] = [a.name.toLowerCase(), b.name.toLowerCase()];
	return Number(one > other) - Number(one < other);
}
