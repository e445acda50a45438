import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';

/** The longest that is waited for because a reply asks for it. */
export const LONGEST_RETRY_AFTER_SECONDS = 600;

const NUMBER = /^\d+(\.\d+)?$/;

/**
 * The seconds that a reply's Retry-After asks to wait: a number, with a fraction too, or a date in
 * one of the three forms of HTTP (RFC 9110, sections 5.6.7 and 10.2.3). Of several the first counts.
 *
 * @param headers with lower-case names
 * @returns seconds from now, at least 0; undefined where it is neither, as if it were not there
 */
export function retryAfterSeconds(headers: IDataObject): number | undefined {
	const [header] = [headers['retry-after']].flat();
	if (typeof header !== 'string' && typeof header !== 'number') return undefined;
	const [first = '', second = ''] = String(header).split(',');
	const number = first.trim();
	if (NUMBER.test(number)) return Math.min(Number(number), Number.MAX_SAFE_INTEGER);
	// two of the forms hold a comma themselves
	return secondsUntil(`${first},${second}`) ?? secondsUntil(first);
}

function secondsUntil(date: string): number | undefined {
	const time = DateTime.fromHTTP(date.trim());
	if (!time.isValid) return undefined;
	return Math.max(0, Math.ceil((time.toMillis() - Date.now()) / 1000));
}
