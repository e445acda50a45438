/**
 * Something that takes long to make and that most runs of n8n never need: n8n's start need not wait
 * for it.
 *
 * @returns what gives it, made at the first call and kept
 */
export function atFirstUse<T extends object>(make: () => T): () => T {
	let made: T | undefined;
	return () => (made ??= make());
}
