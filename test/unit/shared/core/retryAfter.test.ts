import { spawnSync } from 'node:child_process';

import { projectFolder } from '../../../../dev/paths';
import { retryAfterSeconds } from '../../../../nodes/shared/core/retryAfter';
import { START } from '../../harness/stillClock';

/** What a header asks for at 12:00:00 UTC on a Sunday. */
const secondsIn = (header: unknown) => retryAfterSeconds({ 'retry-after': header as string });

const TIME_ZONES = ['America/New_York', 'Asia/Kolkata', 'Pacific/Kiritimati'];

const DATES = [
	'Sun, 22 Nov 2026 12:00:30 GMT',
	'Sunday, 22-Nov-26 12:00:30 GMT',
	'Sun Nov 22 12:00:30 2026',
	' Sun, 22 Nov 2026 12:00:30 GMT ',
];

function secondsInTimeZone(timeZone: string, headers: string[]): unknown {
	const script = `
		const { retryAfterSeconds } = require('./nodes/shared/core/retryAfter');
		Date.now = () => ${START.getTime()};
		const headers = ${JSON.stringify(headers)};
		console.log(JSON.stringify(headers.map((header) => retryAfterSeconds({ 'retry-after': header }))));
	`;
	const { stdout } = spawnSync(process.execPath, ['--require', 'tsx/cjs', '-e', script], {
		cwd: projectFolder,
		env: { ...process.env, TZ: timeZone },
		encoding: 'utf8',
	});
	return JSON.parse(stdout);
}

describe('a Retry-After', () => {
	it.each([
		['0', 0],
		[' 12 ', 12],
		['\t7\r\n', 7],
		['1.5', 1.5],
		['007', 7],
		[5, 5],
		[0, 0],
	])('that is a number, such as %j, is so many seconds', (header, seconds) => {
		expect(secondsIn(header)).toBe(seconds);
	});

	it.each(DATES)('that is a date, such as %j, is meant in UTC', (header) => {
		expect(secondsIn(header)).toBe(30);
	});

	it('that is a date in asctime form has a blank before a single digit', () => {
		expect(secondsIn('Tue Dec  1 12:00:00 2026')).toBe(9 * 24 * 3600);
	});

	// a process of its own: jest hands the time zone of this one to nobody
	it.each(TIME_ZONES)('that is a date is the same where n8n runs in %s', (timeZone) => {
		expect(secondsInTimeZone(timeZone, DATES)).toEqual(DATES.map(() => 30));
	});

	it('that is a date with a part of a second to go is rounded up', () => {
		jest.setSystemTime(START.getTime() + 400);

		expect(secondsIn('Sun, 22 Nov 2026 12:00:30 GMT')).toBe(30);
	});

	it('that is a date which is over asks for nothing', () => {
		expect(secondsIn('Sun, 22 Nov 2026 11:00:00 GMT')).toBe(0);
	});

	it.each([
		[['7', '900'], 7],
		['7, 900', 7],
		['7,7', 7],
		[['Sun, 22 Nov 2026 12:00:30 GMT', '900'], 30],
		['Sun, 22 Nov 2026 12:00:30 GMT, 900', 30],
		['Sun Nov 22 12:00:30 2026, 900', 30],
		[['soon', '7'], undefined],
	])('that is there several times, such as %j, counts as its first says', (header, seconds) => {
		expect(secondsIn(header)).toBe(seconds);
	});

	it.each([
		'abc 5',
		'soon',
		'5 seconds',
		'5s',
		'',
		' ',
		'-5',
		'0x10',
		'NaN',
		'Infinity',
		'2026-11-22T12:00:30Z',
		'Nov 22',
		'Mon, 22 Nov 2026 12:00:30 GMT',
		'Sun, 31 Nov 2026 12:00:30 GMT',
		'Sun, 22 Nov 2026 12:00:30',
		',',
		true,
		null,
		undefined,
		{},
		[],
		[null],
	])('that is neither, such as %j, is ignored', (header) => {
		expect(secondsIn(header)).toBeUndefined();
	});

	it.each(['9'.repeat(30), '9'.repeat(400)])('that has %s is a number to reckon with', (header) => {
		const seconds = secondsIn(header)!;

		expect(Number.isSafeInteger(seconds)).toBe(true);
		expect(seconds).toBeGreaterThan(1e15);
	});
});
