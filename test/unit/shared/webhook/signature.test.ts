import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';

import { signatureFlaw } from '../../../../nodes/shared/webhook/signature';
import { START } from '../../harness/stillClock';

const KEY = 'b37a1c6f4d2e';
const NOW = START.getTime() / 1000;
const MESSAGE = Buffer.from('1763812800.{"event":"transcription.completed","text":"Grüße"}');

/** The HMAC of a message as OpenSSL computes it, in lower-case hex. */
function opensslHmac(key: string, message: Buffer): string {
	const output = execFileSync('openssl', ['dgst', '-sha256', '-hmac', key, '-hex'], {
		input: message,
		encoding: 'utf8',
	});
	return /[0-9a-f]{64}/.exec(output)![0];
}

/** What a delivery differs in from a genuine one. */
interface Changes {
	keys?: string[];
	message?: Buffer;
	signature?: unknown;
	timestamp?: unknown;
	toleranceSeconds?: number;
}

function delivery(changes: Changes = {}) {
	const signed = {
		keys: [KEY],
		message: MESSAGE,
		signature: opensslHmac(KEY, MESSAGE) as unknown,
		timestamp: String(NOW) as unknown,
		toleranceSeconds: 300,
		...changes,
	};
	const { keys, timestamp, toleranceSeconds, ...rest } = signed;
	return { ...rest, readKeys: async () => keys, time: { timestamp, toleranceSeconds } };
}

describe('the check of a signed delivery', () => {
	it('believes a signature made by OpenSSL', async () => {
		expect(await signatureFlaw(delivery())).toBeUndefined();
	});

	// the test cases of RFC 4231 whose keys are ASCII
	it.each([
		[
			'Jefe',
			'what do ya want for nothing?',
			'5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
		],
		[
			'\u000b'.repeat(20),
			'Hi There',
			'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
		],
	])('believes the known answer for the key %j', async (key, message, signature) => {
		const known = delivery({ keys: [key], message: Buffer.from(message), signature });

		expect(await signatureFlaw(known)).toBeUndefined();
	});

	it('believes a signature in upper case', async () => {
		const signature = opensslHmac(KEY, MESSAGE).toUpperCase();

		expect(await signatureFlaw(delivery({ signature }))).toBeUndefined();
	});

	it('believes bytes that are no text', async () => {
		const message = Buffer.from([0x00, 0xff, 0xfe, 0x80, 0x0a]);

		const flaw = await signatureFlaw(delivery({ message, signature: opensslHmac(KEY, message) }));

		expect(flaw).toBeUndefined();
	});

	it.each([
		['made with another key', opensslHmac('another', MESSAGE)],
		['of another message', opensslHmac(KEY, Buffer.from('other'))],
		['cut short', opensslHmac(KEY, MESSAGE).slice(0, 62)],
		['with something behind it', `${opensslHmac(KEY, MESSAGE)}00`],
		['with a prefix', `sha256=${opensslHmac(KEY, MESSAGE)}`],
		['that is no hex', 'z'.repeat(64)],
		['that turns into no hex half-way', opensslHmac(KEY, MESSAGE).slice(0, 32) + 'z'.repeat(32)],
		['in base64', Buffer.from(opensslHmac(KEY, MESSAGE), 'hex').toString('base64')],
	])('does not believe a signature %s', async (_what, signature) => {
		expect(await signatureFlaw(delivery({ signature }))).toBe('wrong');
	});

	it.each([[undefined], [''], [null], [42], [['a', 'b']], [{}]])(
		'takes a delivery with the signature %j for unsigned',
		async (signature) => {
			expect(await signatureFlaw(delivery({ signature }))).toBe('unsigned');
		},
	);

	it.each([
		['behind one of another key', (good: string) => `${opensslHmac('another', MESSAGE)},${good}`],
		['in front of one of another key', (good: string) => `${good},${'0'.repeat(64)}`],
		['behind a comma and a blank', (good: string) => `${'0'.repeat(64)}, ${good}`],
		['behind a blank', (good: string) => `${'0'.repeat(64)} ${good}`],
		['behind a tab', (good: string) => `${'0'.repeat(64)}\t${good}`],
		['behind one that is none', (good: string) => `v0=abc, ${good}`],
		['with white space around it', (good: string) => ` ${good} `],
		['with a comma too many', (good: string) => `,${good},`],
		['as the tenth', (good: string) => `${'0, '.repeat(9)}${good}`],
	])('believes a signature %s', async (_place, headerWith) => {
		const signature = headerWith(opensslHmac(KEY, MESSAGE));

		expect(await signatureFlaw(delivery({ signature }))).toBeUndefined();
	});

	it('tries no more signatures than ten', async () => {
		const signature = `${'0, '.repeat(10)}${opensslHmac(KEY, MESSAGE)}`;

		expect(await signatureFlaw(delivery({ signature }))).toBe('wrong');
	});

	it.each([[' '], [','], [', ,\t']])(
		'takes a delivery with the signature %j for unsigned',
		async (none) => {
			expect(await signatureFlaw(delivery({ signature: none }))).toBe('unsigned');
		},
	);

	it.each([
		['the present key', KEY],
		['the one before it', 'the key before'],
	])('believes a signature made with %s', async (_which, key) => {
		const signature = opensslHmac(key, MESSAGE);

		expect(
			await signatureFlaw(delivery({ keys: [KEY, 'the key before'], signature })),
		).toBeUndefined();
		expect(await signatureFlaw(delivery({ keys: ['third'], signature }))).toBe('wrong');
	});

	it('does not believe the HMAC of a key that is not filled in', async () => {
		const signature = createHmac('sha256', '').update(MESSAGE).digest('hex');

		expect(await signatureFlaw(delivery({ keys: [KEY, ''], signature }))).toBe('wrong');
	});

	it('does not believe a message that differs in one bit', async () => {
		const message = Buffer.from(MESSAGE);
		message[message.length - 1]! ^= 1;

		expect(await signatureFlaw(delivery({ message, signature: opensslHmac(KEY, MESSAGE) }))).toBe(
			'wrong',
		);
	});

	it.each([
		[undefined],
		[''],
		['yesterday'],
		['-1'],
		['1e9'],
		['0x65000000'],
		['2026-13-45T99:00:00Z'],
		[null],
		[['1763812800', '1763812800']],
		[Object.create(null)],
	])('does not believe the timestamp %j', async (timestamp) => {
		expect(await signatureFlaw(delivery({ timestamp }))).toBe('badTimestamp');
	});

	it.each([
		[0, undefined],
		[-300, undefined],
		[300, undefined],
		[-301, 'outsideWindow'],
		[301, 'outsideWindow'],
		[-86_400, 'outsideWindow'],
	])('judges a delivery signed %d seconds from now as %j', async (seconds, flaw) => {
		expect(await signatureFlaw(delivery({ timestamp: String(NOW + seconds) }))).toBe(flaw);
	});

	it.each([
		['Unix seconds as a number', NOW],
		['Unix milliseconds', String(NOW * 1000)],
		['ISO 8601', START.toISOString()],
	])('reads a timestamp in %s', async (_form, timestamp) => {
		expect(await signatureFlaw(delivery({ timestamp }))).toBeUndefined();
	});

	it.each([
		['Unix milliseconds', String((NOW - 301) * 1000)],
		['ISO 8601', new Date((NOW - 301) * 1000).toISOString()],
	])('applies the window to a timestamp in %s', async (_form, timestamp) => {
		expect(await signatureFlaw(delivery({ timestamp }))).toBe('outsideWindow');
	});

	it('believes nothing while no key is set up', async () => {
		const unsignedKey = delivery({ keys: ['', ''], signature: opensslHmac('x', MESSAGE) });

		expect(await signatureFlaw(unsignedKey)).toBe('noKey');
	});

	it('believes nothing when the window is not a number', async () => {
		expect(await signatureFlaw(delivery({ toleranceSeconds: NaN }))).toBe('outsideWindow');
	});
});

describe('the check of a message without a time', () => {
	const message = (changes: Changes = {}) => ({ ...delivery(changes), time: undefined });

	it('believes a signature made by OpenSSL', async () => {
		expect(await signatureFlaw(message())).toBeUndefined();
	});

	it.each([
		['noKey', { keys: [''] }],
		['noKey', { keys: [] }],
		['unsigned', { signature: undefined }],
		['unsigned', { signature: '' }],
		['wrong', { signature: 'not hex' }],
		['wrong', { signature: opensslHmac('another key', MESSAGE) }],
		['wrong', { message: Buffer.from('another message') }],
	])('finds it %s where it is %j', async (flaw, changes) => {
		expect(await signatureFlaw(message(changes))).toBe(flaw);
	});
});
