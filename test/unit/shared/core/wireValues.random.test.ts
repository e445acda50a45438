import fc from 'fast-check';

import * as wireValues from '../../../../nodes/shared/core/wireValues';

const { booleanOf, numberOf, textOf, unixSecondsOf } = wireValues;

describe('any value of a reply', () => {
	it('is read without a throw, as what it is asked for or as nothing', () => {
		fc.assert(
			fc.property(fc.oneof(fc.anything(), fc.string(), fc.jsonValue()), (value) => {
				expect(['string', 'object']).toContain(typeof textOf(value));
				expect(textOf(value)).not.toBe('');
				expect(Number.isFinite(numberOf(value) ?? 0)).toBe(true);
				expect([true, false, null]).toContain(booleanOf(value));
				expect(Number.isFinite(unixSecondsOf(value) ?? 0)).toBe(true);
				expect(wireValues.objectOf(value)).toEqual(expect.any(Object));
				for (const entry of wireValues.objectsOf(value)) expect(typeof entry).toBe('object');
				for (const entry of wireValues.textsOf(value)) expect(typeof entry).toBe('string');
				expect(wireValues.listIn(value) ?? []).toEqual(expect.any(Array));
			}),
			{ numRuns: 1000 },
		);
	});

	it('that is a number is the same as text', () => {
		fc.assert(
			fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
				// JSON knows no zero below zero
				const written = JSON.parse(JSON.stringify(number)) as number;
				expect(numberOf(String(written))).toBe(written);
				expect(numberOf(` ${written} `)).toBe(written);
				expect(numberOf(written)).toBe(written);
			}),
		);
	});

	it('that is a time is the same in seconds, milliseconds, ISO 8601 and the form of HTTP', () => {
		const min = new Date('1975-01-01T00:00:00Z');
		const max = new Date('2400-01-01T00:00:00Z');
		fc.assert(
			fc.property(fc.date({ min, max, noInvalidDate: true }), (date) => {
				const seconds = Math.floor(date.getTime() / 1000);
				const whole = new Date(seconds * 1000);
				const forms = [
					seconds,
					seconds * 1000,
					String(seconds),
					whole.toISOString(),
					whole.toUTCString(),
				];

				expect(forms.map(unixSecondsOf)).toEqual(forms.map(() => seconds));
			}),
		);
	});
});
