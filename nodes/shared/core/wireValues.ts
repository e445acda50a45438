import { DateTime } from 'luxon';

// as JSON writes a number, and with the liberties that other languages take
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** A time from here on is in milliseconds: in seconds it would lie three thousand years ahead. */
const FIRST_IN_MILLISECONDS = 1e11;

const YES_OR_NO: Record<string, boolean> = { true: true, '1': true, false: false, '0': false };

/** A reply's value as a string, a number written out; null where it is anything else, or empty. */
export function textOf(value: unknown): string | null {
	return anyTextOf(value) || null;
}

/** A reply's value as a string that may be empty; null where it is neither text nor number. */
export function anyTextOf(value: unknown): string | null {
	return typeof value === 'number' && Number.isFinite(value) ? String(value) : stringOf(value);
}

/** A reply's value as the string that it is, such as the name of an event; null otherwise. */
export function stringOf(value: unknown): string | null {
	return typeof value === 'string' ? value : null;
}

/** A reply's value as a finite number, from decimal text too; null where it is anything else. */
export function numberOf(value: unknown): number | null {
	const text = stringOf(value)?.trim();
	const number = text !== undefined && NUMBER.test(text) ? Number(text) : value;
	return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

/** A reply's value as yes or no, from their words and from 1 and 0 too; null where it is neither. */
export function booleanOf(value: unknown): boolean | null {
	if (typeof value === 'boolean') return value;
	const word = anyTextOf(value)?.trim().toLowerCase() ?? '';
	return Object.hasOwn(YES_OR_NO, word) ? (YES_OR_NO[word] ?? null) : null;
}

/**
 * A reply's time: a number of seconds or milliseconds since 1970, or a date in the forms of ISO 8601,
 * of SQL and of HTTP, in UTC where it names no offset.
 *
 * @returns seconds since 1970, with a fraction; null where it is no time
 */
export function unixSecondsOf(value: unknown): number | null {
	const time = timeOf(value);
	return time ? time.toMillis() / 1000 : null;
}

/** A reply's time in UTC, to the minute: `2026-11-22 12:00`; null where it is no time. */
export function dayAndTimeOf(value: unknown): string | null {
	return timeOf(value)?.toFormat('yyyy-MM-dd HH:mm') ?? null;
}

function timeOf(value: unknown): DateTime | undefined {
	return readings(value).find(({ isValid }) => isValid);
}

function readings(value: unknown): DateTime[] {
	const utc = { zone: 'utc' };
	const number = numberOf(value);
	if (number !== null) {
		const isSeconds = Math.abs(number) < FIRST_IN_MILLISECONDS;
		return [DateTime.fromMillis(isSeconds ? number * 1000 : number, utc)];
	}
	const text = stringOf(value)?.trim() ?? '';
	// a time of day alone would be today's
	if (/^\d\d?:/.test(text)) return [];
	return [DateTime.fromISO, DateTime.fromSQL, DateTime.fromHTTP].map((from) => from(text, utc));
}

/** A reply's value as an object; empty where it is anything else. */
export function objectOf(value: unknown): Record<string, unknown> {
	return isObject(value) ? value : {};
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A reply's value as a list of objects; whatever is none is left out. */
export function objectsOf(value: unknown): Array<Record<string, unknown>> {
	return Array.isArray(value) ? value.filter(isObject) : [];
}

/** A reply's value as a list of strings; whatever is none is left out. */
export function textsOf(value: unknown): string[] {
	return Array.isArray(value) ? value.map(textOf).filter((text) => text !== null) : [];
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
