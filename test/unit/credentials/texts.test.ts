import { everythingSaidBy, packCredentialTypes } from '../harness';
import { BASE_URL, observe, USES } from './observing';

const AROUND = '\ufeff\u00a0 \t';
const BEHIND = '\u200b \u00a0\r\n';

const fields = Object.entries(USES).flatMap(([type, { credential }]) =>
	Object.keys(credential).map((field) => [type, field] as const),
);
const sentFields = fields.filter(([type, field]) => USES[type]!.action && field !== 'baseUrl');
const withBaseUrl = Object.keys(USES).filter((type) => 'baseUrl' in USES[type]!.credential);

const changed = (type: string, field: string, value: string) => ({
	...USES[type]!.credential,
	[field]: value,
});

describe('these tests', () => {
	it('know every credential type, and every text that one can enter', () => {
		const declared = packCredentialTypes().map(({ name, properties }) => {
			const texts = properties.filter(({ type }) => type === 'string');
			// the fields of OAuth2 are n8n's own
			return [name, name.includes('OAuth2') ? ['clientSecret'] : texts.map((field) => field.name)];
		});
		const known = Object.entries(USES).map(([name, use]) => [name, Object.keys(use.credential)]);

		expect(new Map(known as never)).toEqual(new Map(declared as never));
	});
});

describe.each(fields)('white space around a pasted text: %s, %s', (type, field) => {
	const { credential } = USES[type]!;

	it('is left out of requests, tests of the credential and checks of signatures', async () => {
		const clean = await observe(type, credential);
		const pasted = await observe(type, changed(type, field, AROUND + credential[field] + BEHIND));

		expect(pasted).toEqual(clean);
		expect(clean.answers.every((status) => status === 200)).toBe(true);
		expect([clean.sent.length, clean.tested.length]).toEqual(USES[type]!.action ? [1, 1] : [0, 0]);
	});

	it('is the only thing that may differ', async () => {
		const other = field === 'baseUrl' ? 'http://other.example' : '2026-09-01';
		const { sent, answers } = await observe(type, changed(type, field, other));
		const clean = await observe(type, credential);

		expect({ sent, answers }).not.toEqual({ sent: clean.sent, answers: clean.answers });
	});
});

describe.each(sentFields)('a text that no header can carry: %s, %s', (type, field) => {
	it.each([
		['a line end', 'one\ntwo'],
		['a carriage return', 'one\rtwo'],
		['a header of its own', 'one\r\nX-Evil: two'],
		['a tab', 'one\ttwo'],
		['a null', 'one\0two'],
		['a non-breaking blank', 'one\u00a0two'],
		['a zero-width blank', 'one\u200btwo'],
		['the dots of a hidden key', 'one••••two'],
		['an emoji', 'one😀two'],
	])('is refused before anything is sent: %s within it', async (_what, text) => {
		const { sent, tested, error, verdict } = await observe(type, changed(type, field, text));

		expect(sent).toEqual([]);
		expect(error!.message).toMatch(
			/^The [A-Z][\w ]+ of the \w+ credential holds a line end or another character that cannot be sent/,
		);
		expect(everythingSaidBy(error)).not.toContain('two');
		// n8n's test sends only what authenticates
		const isSent = !['previousApiKey', 'webhookSecret', 'previousWebhookSecret'].includes(field);
		expect(tested).toHaveLength(isSent ? 0 : 1);
		if (isSent) expect(verdict).toMatch(/cannot be sent\. Open the credential/);
		expect(verdict).not.toContain('two');
	});
});

describe.each(withBaseUrl)('the Base URL of %s', (type) => {
	it.each(['/', '//', ' / ', '/\n'])('may end in %j', async (end) => {
		const { sent, tested } = await observe(type, changed(type, 'baseUrl', BASE_URL + end.trim()));

		const clean = await observe(type, USES[type]!.credential);
		expect({ sent, tested }).toEqual({ sent: clean.sent, tested: clean.tested });
	});

	it.each([
		['holds a user or a password', 'http://ada:pass-word@vendor.example/api'],
		['holds a user or a password', 'http://ada@vendor.example/api'],
		['holds a user or a password', 'http://@vendor.example/api'],
		['holds a query', 'http://vendor.example/api?token=pass-word'],
		['holds a query', 'http://vendor.example/api?'],
		['holds a query', 'http://vendor.example?x=http://vendor.example/api'],
		['holds a fragment', 'http://vendor.example/api#pass-word'],
		['holds a fragment', 'http://vendor.example/#'],
		['is not an http or https URL', ''],
		['is not an http or https URL', 'vendor.example/api'],
		['is not an http or https URL', 'ftp://vendor.example/api'],
		['is not an http or https URL', 'file:///etc/passwd'],
		['is not an http or https URL', 'http:vendor.example'],
		['is not an http or https URL', 'http:\\\\vendor.example\\api'],
		['is not an http or https URL', 'http://vendor.example/a\npi'],
		['is not an http or https URL', 'http://vendor.example/a pi'],
		['is not an http or https URL', 'http://vendor\u200b.example/api'],
	])('is refused before anything is sent where it %s: %j', async (flaw, baseUrl) => {
		const { sent, tested, error, verdict } = await observe(type, changed(type, 'baseUrl', baseUrl));

		expect([sent, tested]).toEqual([[], []]);
		expect(error!.message).toMatch(new RegExp(`^The Base URL of the \\w+ credential ${flaw}`));
		expect(verdict).toMatch(new RegExp(`^The Base URL of the \\w+ credential ${flaw}\\. Open the`));
		expect(everythingSaidBy(error) + verdict).not.toContain('pass-word');
	});
});
