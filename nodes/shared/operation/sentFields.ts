import { createHash } from 'crypto';

/** Characters of JSON up to which a value is kept: twice the longest link that a provider takes. */
const LONGEST_KEPT = 4096;

/** What a request held, field by field; of what is long its hash alone. */
export type SentFields = Record<string, { value: unknown } | { hash: string }>;

/** What to keep of a request's fields with the execution's data. */
export function kept(fields: object): SentFields {
	const given = Object.entries(fields).filter(([, value]) => value !== undefined);
	return Object.fromEntries(
		given.map(([name, value]: [string, unknown]) => [
			name,
			JSON.stringify(value).length > LONGEST_KEPT ? { hash: hashOf(value) } : { value },
		]),
	);
}

/**
 * The fields of a request that was sent before.
 *
 * @param fields what they come to now, for those of which only a hash is kept
 * @returns undefined where one of these is another by now
 */
export function fieldsSent(sent: SentFields, fields: object): object | undefined {
	const now = new Map<string, unknown>(Object.entries(fields));
	const before: Array<[string, unknown]> = [];
	for (const [name, field] of Object.entries(sent)) {
		if ('hash' in field && hashOf(now.get(name)) !== field.hash) return undefined;
		before.push([name, 'hash' in field ? now.get(name) : field.value]);
	}
	return Object.fromEntries(before);
}

/** A value as 32 characters, to tell it from others; undefined counts as null. */
export function hashOf(value: unknown): string {
	return createHash('sha256')
		.update(JSON.stringify(value ?? null))
		.digest('hex')
		.slice(0, 32);
}
