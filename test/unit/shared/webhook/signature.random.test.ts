import { createHmac } from 'node:crypto';

import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';

import { signatureFlaw } from '../../../../nodes/shared/webhook/signature';
import { START } from '../../harness/stillClock';

const NOW = START.getTime() / 1000;
const TOLERANCE = 300;

const key = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 80 });
const message = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes));
const hex = (secret: string, bytes: Buffer | string) =>
	createHmac('sha256', secret).update(bytes).digest('hex');

interface Signed {
	keys: string[];
	message: Buffer;
	signature: unknown;
}

/** Ages inside the window, outside of it, and at its edges. */
const age = fc.oneof(
	fc.integer({ min: -2 * TOLERANCE, max: 2 * TOLERANCE }),
	fc.constantFrom(-TOLERANCE - 1, -TOLERANCE, 0, TOLERANCE, TOLERANCE + 1),
);

/** The flaw of a delivery without a time. */
async function messageFlaw({ keys, ...delivery }: Signed) {
	return await signatureFlaw({ ...delivery, readKeys: async () => keys });
}

beforeEach(() => jest.setSystemTime(START));

describe('any delivery', () => {
	it('that is genuine is believed inside the window, and not outside', async () => {
		await fc.assert(
			fc.asyncProperty(key, message, age, async (secret, bytes, seconds) => {
				const flaw = await signatureFlaw({
					readKeys: async () => [secret],
					message: bytes,
					signature: hex(secret, bytes),
					time: { timestamp: String(NOW - seconds), toleranceSeconds: TOLERANCE },
				});
				expect(flaw).toBe(Math.abs(seconds) <= TOLERANCE ? undefined : 'outsideWindow');
			}),
		);
	});

	it('of which a byte was altered is not believed', async () => {
		await fc.assert(
			fc.asyncProperty(
				key,
				message,
				fc.nat(),
				fc.integer({ min: 1, max: 255 }),
				async (secret, bytes, at, bit) => {
					fc.pre(bytes.length > 0);
					const altered = Buffer.from(bytes);
					altered[at % bytes.length]! ^= bit;

					expect(
						await messageFlaw({ keys: [secret], message: altered, signature: hex(secret, bytes) }),
					).toBe('wrong');
				},
			),
		);
	});

	it('whose signature was altered, cut or lengthened is not believed', async () => {
		const alteration = fc.record({ at: fc.nat(63), with: fc.string({ maxLength: 3 }) });
		await fc.assert(
			fc.asyncProperty(key, message, alteration, async (secret, bytes, { at, with: other }) => {
				const genuine = hex(secret, bytes);
				const signature = genuine.slice(0, at) + other + genuine.slice(at + 1);
				fc.pre(signature.toLowerCase() !== genuine);
				// a part that stands alone between blanks is another signature
				const flaw = await messageFlaw({ keys: [secret], message: bytes, signature });

				expect(flaw).toBe('wrong');
			}),
		);
	});

	it('whose signature differs in any one digit is not believed', async () => {
		await fc.assert(
			fc.asyncProperty(
				key,
				message,
				fc.integer({ min: 1, max: 15 }),
				async (secret, bytes, more) => {
					const digits = [...hex(secret, bytes)];
					const altered = digits.map((digit, at) => {
						const other = ((parseInt(digit, 16) + more) % 16).toString(16);
						return [...digits.slice(0, at), other, ...digits.slice(at + 1)].join('');
					});

					const flaws = await Promise.all(
						altered.map((signature) => messageFlaw({ keys: [secret], message: bytes, signature })),
					);

					expect(flaws).toEqual(digits.map(() => 'wrong'));
				},
			),
		);
	});

	it('of another key is not believed', async () => {
		await fc.assert(
			fc.asyncProperty(key, key, message, async (secret, other, bytes) => {
				// HMAC fills a short key up with zeros
				fc.pre(secret.replace(/\0+$/, '') !== other.replace(/\0+$/, ''));

				expect(
					await messageFlaw({ keys: [secret], message: bytes, signature: hex(other, bytes) }),
				).toBe('wrong');
			}),
		);
	});

	it('is believed by any of its signatures and either key, wherever they stand', async () => {
		const others = fc.array(
			fc.string({ unit: fc.constantFrom(...'0123456789abcdefz,'), minLength: 1 }),
			{
				maxLength: 6,
			},
		);
		await fc.assert(
			fc.asyncProperty(
				key,
				key,
				message,
				others,
				fc.nat(),
				async (secret, other, bytes, wrong, at) => {
					const separators = [' ', ',', ', ', '\t'];
					const given = [...wrong.map((text) => text.replace(/,/g, ''))].filter(Boolean);
					given.splice(at % (given.length + 1), 0, hex(secret, bytes));
					const signature = given.join(separators[at % separators.length]);

					expect(
						await messageFlaw({ keys: ['', other, secret], message: bytes, signature }),
					).toBeUndefined();
				},
			),
		);
	});

	it('is never believed, and nothing is thrown, whatever else stands in its place', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.anything(),
				fc.anything(),
				message,
				async (signature, timestamp, bytes) => {
					const readKeys = async () => ['key'];
					const time = { timestamp, toleranceSeconds: TOLERANCE };
					const given = { readKeys, message: bytes, signature, time };
					expect(await signatureFlaw(given)).toEqual(expect.any(String));
				},
			),
			{ numRuns: 500 },
		);
	});
});

describe('another implementation, Standard Webhooks,', () => {
	/** A delivery as it makes one, and the same as our check takes it. */
	const delivery = fc
		.record({
			secret: key,
			payload: fc.json(),
			id: fc.uuid(),
			seconds: age,
			/** What is done to it on its way. */
			mischief: fc.constantFrom('none', 'payload', 'id', 'key', 'signature', 'base64', 'rotation'),
		})
		.map(({ secret, payload, id, seconds, mischief }) => {
			const other = `${secret}x`;
			const signedWith = mischief === 'key' ? other : secret;
			const signer = new Webhook(Buffer.from(signedWith).toString('base64'));
			const signedAt = NOW - seconds;
			const [, genuine] = signer.sign(id, new Date(signedAt * 1000), payload).split(',');
			const signature =
				mischief === 'signature'
					? genuine!.replace(/^./, (c) => (c === 'A' ? 'B' : 'A'))
					: genuine!;
			const old =
				mischief === 'rotation' ? createHmac('sha256', other).update('old').digest() : undefined;
			return {
				verifier: new Webhook(Buffer.from(secret).toString('base64')),
				secret,
				payload: mischief === 'payload' ? `${payload} ` : payload,
				id: mischief === 'id' ? `${id}0` : id,
				signedAt,
				theirs: [...(old ? [`v1,${old.toString('base64')}`] : []), `v1,${signature}`].join(' '),
				// where the encoding is the mischief, ours gets theirs
				ours: [
					...(old ? [old.toString('hex')] : []),
					mischief === 'base64' ? signature : Buffer.from(signature, 'base64').toString('hex'),
				].join(', '),
				isOtherEncoding: mischief === 'base64',
			};
		});

	it('believes what ours believes, and nothing else', async () => {
		let believed = 0;
		await fc.assert(
			fc.asyncProperty(
				delivery,
				async ({ verifier, secret, payload, id, signedAt, theirs, ours, isOtherEncoding }) => {
					const headers = {
						'webhook-id': id,
						'webhook-timestamp': String(signedAt),
						'webhook-signature': theirs,
					};
					const isBelieved = () => {
						try {
							verifier.verify(payload, headers);
							return true;
						} catch {
							return false;
						}
					};
					const flaw = await signatureFlaw({
						readKeys: async () => [secret],
						message: Buffer.from(`${id}.${signedAt}.${payload}`),
						signature: ours,
						time: { timestamp: String(signedAt), toleranceSeconds: TOLERANCE },
					});
					believed += flaw === undefined ? 1 : 0;
					expect(flaw === undefined).toBe(isBelieved() && !isOtherEncoding);
				},
			),
			{ numRuns: 500 },
		);
		expect(believed).toBeGreaterThan(50);
	});
});
