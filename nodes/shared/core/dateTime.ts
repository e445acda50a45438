import { tryToParseDateTime } from 'n8n-workflow';
import type { IExecuteFunctions } from 'n8n-workflow';

import { inputError } from './errors';

/**
 * A moment that the user entered, in UTC: `2026-11-22T12:00:00.000Z`. One without an offset, as
 * n8n's date picker gives it, is meant in the workflow's time zone.
 *
 * @throws NodeOperationError where it is no date and time
 */
export function isoTimeOf(
	context: IExecuteFunctions,
	itemIndex: number,
	label: string,
	value: unknown,
): string {
	const time = parsed(value, context.getTimezone());
	if (time !== null) return time;
	throw inputError(context.getNode(), `${label} is not a date and time`, {
		description: 'A time looks like 2026-11-22T10:00:00Z.',
		itemIndex,
	});
}

function parsed(value: unknown, timeZone: string): string | null {
	try {
		return tryToParseDateTime(value, timeZone).toUTC().toISO();
	} catch {
		return null;
	}
}
