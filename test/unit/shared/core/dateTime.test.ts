import type { IExecuteFunctions } from 'n8n-workflow';

import { isoTimeOf } from '../../../../nodes/shared/core/dateTime';

/** The time as it is read in a workflow of a time zone. */
const read = (value: unknown, timeZone = 'America/New_York') => {
	const context = { getTimezone: () => timeZone, getNode: () => ({ name: 'Node' }) };
	return isoTimeOf(context as IExecuteFunctions, 0, 'From', value);
};

describe('a date and time that a user enters', () => {
	it.each([
		['2026-12-01T08:00:00', '2026-12-01T13:00:00.000Z'],
		['2026-12-01 08:00:00', '2026-12-01T13:00:00.000Z'],
		['2026-12-01', '2026-12-01T05:00:00.000Z'],
		['2026-07-01T08:00:00', '2026-07-01T12:00:00.000Z'],
	])('without an offset is meant in the workflow’s time zone: %s', (value, expected) => {
		expect(read(value)).toBe(expected);
	});

	it.each([
		['2026-12-01T08:00:00Z', '2026-12-01T08:00:00.000Z'],
		['2026-12-01T08:00:00+01:00', '2026-12-01T07:00:00.000Z'],
		[new Date(Date.UTC(2026, 11, 1)), '2026-12-01T00:00:00.000Z'],
	])('with an offset is meant as it says: %s', (value, expected) => {
		expect(read(value)).toBe(expected);
	});

	it.each(['', 'soon', '2026-13-40', null, undefined, {}])(
		'is refused where it is none: %p',
		(value) => {
			expect(() => read(value)).toThrow('From is not a date and time [item 0]');
		},
	);
});
