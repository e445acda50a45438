import fc from 'fast-check';

import { safeText } from '../../../../nodes/shared/core/safeText';

/** What a key or a password may be: no blank around it, and long enough to be one. */
const secret = fc
	.oneof(
		fc.string({ unit: 'grapheme-ascii', minLength: 8, maxLength: 60 }),
		fc.string({ unit: fc.constantFrom(...'a.*+?^$()[]{}|/\\%"&= '), minLength: 8, maxLength: 20 }),
		fc.string({ unit: 'grapheme', minLength: 8, maxLength: 30 }),
		fc.constantFrom('sk_live_0123', 'sk_live_0123456789', '0123456789abcdef', '$&$1$`$<a>'),
	)
	.map((text) => text.trim())
	// what takes a secret's place must not be a part of it
	.filter((text) => text.length >= 8 && !text.includes('*'));

/** Texts in which secrets stand whole, in pieces, one over the other, and as they are written in URLs and JSON. */
const textAround = (secrets: string[]) =>
	fc
		.array(
			fc.oneof(
				fc.constantFrom(...secrets),
				fc.constantFrom(...secrets).map(encodeURIComponent),
				fc.constantFrom(...secrets).map((one) => JSON.stringify(one).slice(1, -1)),
				fc
					.tuple(fc.constantFrom(...secrets), fc.nat(60))
					.map(([one, length]) => one.slice(0, length)),
				fc.constantFrom(...secrets).map((one) => one.replace(/ /g, '\n')),
				fc.string({ unit: 'binary', maxLength: 20 }),
				fc.constantFrom('\u0000', '\u202e', 'https://host.example/?', '#', ' ', '\ud83c'),
				fc.integer({ min: 440, max: 500 }).map((length) => 'x'.repeat(length)),
			),
			{ maxLength: 12 },
		)
		.map((parts) => parts.join(''));

const secretsAndText = fc
	.array(secret, { minLength: 1, maxLength: 4 })
	.chain((secrets) => fc.tuple(fc.constant(secrets), textAround(secrets)));

describe('text from outside, whatever it is', () => {
	it('never holds a secret, as it is or as URLs and JSON write it', () => {
		fc.assert(
			fc.property(secretsAndText, ([secrets, text]) => {
				const said = safeText(text, secrets);
				for (const one of secrets) {
					expect(said).not.toContain(one);
					expect(said).not.toContain(encodeURIComponent(one));
					expect(said).not.toContain(JSON.stringify(one).slice(1, -1));
				}
			}),
			{ numRuns: 1000 },
		);
	});

	it('has at most 500 whole characters on one line, none of which controls how it is shown', () => {
		fc.assert(
			fc.property(secretsAndText, ([secrets, text]) => {
				const said = safeText(text, secrets);
				expect(said.length).toBeLessThanOrEqual(500);
				expect(said).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
			}),
			{ numRuns: 1000 },
		);
	});

	it('keeps harmless text', () => {
		fc.assert(
			fc.property(
				fc.string({ unit: fc.constantFrom(...'abc äß谢🎧,.;-()'), maxLength: 240 }),
				secret,
				(text, one) => {
					expect(safeText(text, [one])).toBe(text.trim());
				},
			),
		);
	});

	it('is safe already once it was made so', () => {
		fc.assert(
			fc.property(secretsAndText, ([secrets, text]) => {
				const said = safeText(text, secrets);
				expect(safeText(said, secrets)).toBe(said);
			}),
		);
	});
});
