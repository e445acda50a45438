import {
	anyTextOf,
	booleanOf,
	dayAndTimeOf,
	listIn,
	numberOf,
	objectOf,
	objectsOf,
	textOf,
	textsOf,
	unixSecondsOf,
} from '../../../../nodes/shared/core/wireValues';

const NOON = Date.UTC(2026, 10, 22, 12) / 1000;

describe('a text in a reply', () => {
	it.each([
		['a', 'a'],
		[' a ', ' a '],
		[0, '0'],
		[-1.5, '-1.5'],
		['0', '0'],
		[12345678901, '12345678901'],
	])('is read where it came as %j', (value, text) => {
		expect(textOf(value)).toBe(text);
	});

	it.each([undefined, null, '', NaN, Infinity, true, false, [], ['a'], {}])(
		'is none in %j',
		(value) => {
			expect(textOf(value)).toBeNull();
		},
	);

	it('may be empty where that is a result too', () => {
		expect([anyTextOf(''), anyTextOf('a'), anyTextOf(42)]).toEqual(['', 'a', '42']);
		expect([undefined, null, NaN, true, [], {}].map(anyTextOf)).toEqual(Array(6).fill(null));
	});
});

describe('a number in a reply', () => {
	it.each([
		[0.5, 0.5],
		['0.5', 0.5],
		[' 12 ', 12],
		['0', 0],
		['-3', -3],
		['+3', 3],
		['.5', 0.5],
		['5.', 5],
		['1e3', 1000],
		['1.5E-2', 0.015],
		['007', 7],
	])('is read where it came as %j', (value, number) => {
		expect(numberOf(value)).toBe(number);
	});

	it.each([
		'',
		' ',
		'abc',
		'12 s',
		'1,5',
		'1 000',
		'0x10',
		'0b1',
		'NaN',
		'Infinity',
		'1e999',
		'.',
		'e3',
		'--1',
		'00:01:02',
		NaN,
		Infinity,
		true,
		null,
		undefined,
		[],
		[1],
		{},
	])('is none in %j', (value) => {
		expect(numberOf(value)).toBeNull();
	});
});

describe('a yes or no in a reply', () => {
	it.each([true, 'true', 'TRUE', ' true ', 1, '1'])('is yes in %j', (value) => {
		expect(booleanOf(value)).toBe(true);
	});

	it.each([false, 'false', 'False', ' false ', 0, '0'])('is no in %j', (value) => {
		expect(booleanOf(value)).toBe(false);
	});

	it.each(['', 'yes', 'maybe', 2, NaN, null, undefined, [], [true], {}])(
		'is neither in %j',
		(value) => {
			expect(booleanOf(value)).toBeNull();
		},
	);
});

describe('a time in a reply', () => {
	it.each([
		NOON,
		NOON * 1000,
		String(NOON),
		String(NOON * 1000),
		`${NOON}.0`,
		'2026-11-22T12:00:00Z',
		'2026-11-22T12:00:00.000Z',
		'2026-11-22T13:00:00+01:00',
		'2026-11-22T12:00:00',
		'2026-11-22T12:00:00.000000',
		'2026-11-22 12:00:00',
		'2026-11-22 12:00:00.000000+00:00',
		'Sun, 22 Nov 2026 12:00:00 GMT',
		' 2026-11-22T12:00:00Z ',
	])('is read where it came as %j', (value) => {
		expect(unixSecondsOf(value)).toBe(NOON);
		expect(dayAndTimeOf(value)).toBe('2026-11-22 12:00');
	});

	it('keeps its fraction', () => {
		expect(unixSecondsOf(NOON + 0.25)).toBe(NOON + 0.25);
		expect(unixSecondsOf('2026-11-22T12:00:00.250Z')).toBe(NOON + 0.25);
	});

	it('is a day where no more was given', () => {
		expect(dayAndTimeOf('2026-11-22')).toBe('2026-11-22 00:00');
	});

	it.each([
		'',
		'soon',
		'abc 5',
		'12:00',
		'12:00:00Z',
		'2026-02-30',
		'Infinity',
		1e300,
		NaN,
		null,
		undefined,
		true,
		[],
		{},
	])('is none in %j', (value) => {
		expect(unixSecondsOf(value)).toBeNull();
		expect(dayAndTimeOf(value)).toBeNull();
	});
});

describe('an object in a reply', () => {
	it('is read, and everything else is an empty one', () => {
		expect(objectOf({ a: 1 })).toEqual({ a: 1 });
		for (const odd of [undefined, null, 'text', 1, [], [1], true])
			expect(objectOf(odd)).toEqual({});
	});
});

describe('a list in a reply', () => {
	it('holds objects, and what is none is left out', () => {
		expect(objectsOf([{ a: 1 }, null, 'x', [], {}])).toEqual([{ a: 1 }, {}]);
	});

	it('holds texts, and what is none is left out', () => {
		expect(textsOf(['a', 1, 0, null, '', true, {}, 'b'])).toEqual(['a', '1', '0', 'b']);
	});

	it.each([undefined, null, 'text', 1, {}, { length: 2 }])('is empty in %j', (value) => {
		expect(objectsOf(value)).toEqual([]);
		expect(textsOf(value)).toEqual([]);
	});

	it('is found where it is the only one', () => {
		expect(listIn([{ a: 1 }])).toEqual([{ a: 1 }]);
		expect(listIn({ total: 1, rows: [{ a: 1 }] })).toEqual([{ a: 1 }]);
		expect(listIn({ a: [], b: [] })).toBeUndefined();
		expect(listIn({ a: null })).toBeUndefined();
	});
});
