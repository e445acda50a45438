import { safeText } from '../../../../nodes/shared/core/safeText';

describe('text from outside, made safe to show', () => {
	it('leaves harmless text as it is', () => {
		expect(safeText('Balance is empty: add $5.00 – merci, 谢谢 🎧')).toBe(
			'Balance is empty: add $5.00 – merci, 谢谢 🎧',
		);
	});

	it('takes out every occurrence of a secret', () => {
		const said = safeText('key sk_live_abc is unknown (sk_live_abc)', ['sk_live_abc']);

		expect(said).not.toContain('sk_live_abc');
		expect(said).toContain('is unknown');
	});

	it('takes out each of several secrets', () => {
		expect(safeText('a one-secret b two-secret', ['one-secret', 'two-secret'])).not.toMatch(
			/secret/,
		);
	});

	it('takes the query and the fragment out of every URL, because a signed query is a key', () => {
		const said = safeText(
			'PUT https://storage.example/u/1?token=abc&x=1 failed, see HTTP://other.example/a#frag.',
		);

		expect(said).toContain('https://storage.example/u/1');
		expect(said).toContain('HTTP://other.example/a');
		expect(said).not.toMatch(/token|abc|x=1|frag/);
	});

	it.each([
		['line breaks', 'first\nsecond\r\nthird'],
		['terminal escapes', 'first\u001bsecond\u009bthird'],
		['null bytes', 'first\u0000second\u0000third'],
		['the separators that JavaScript breaks lines at', 'first\u2028second\u2029third'],
	])('replaces %s by a space', (_name, text) => {
		expect(safeText(text)).toBe('first second third');
	});

	it('cuts at 500 characters and shows that it did', () => {
		const said = safeText('x'.repeat(10_000));

		expect(said).toHaveLength(500);
		expect(said.endsWith('…')).toBe(true);
	});

	it('keeps 500 characters whole', () => {
		expect(safeText('x'.repeat(500))).toBe('x'.repeat(500));
	});

	it('takes a secret out before it cuts, so that no half of one is left at the end', () => {
		const secret = 'sk_live_0123456789';
		const said = safeText('x'.repeat(490) + secret, [secret]);

		expect(said).not.toContain('sk_live');
	});

	it.each([
		[
			'the longer of two that begin alike',
			'key: sk_live_abcdef!',
			['sk_live_abc', 'sk_live_abcdef'],
		],
		['two that overlap', 'x sk_live_123456_end! y', ['sk_live_123456', '123456_end!']],
		['one that overlaps itself', 'x abcabcabcabc y', ['abcabcabc']],
		['one of characters that mean something to a pattern', 'at $&^.*(+)[a]\\?', ['$&^.*(+)[a]\\?']],
		['one that a line break cuts', 'is sk\nlive', ['sk live']],
		['one as a URL writes it', 'at /v1?key=sk%2Flive%2B1%3D failed', ['sk/live+1=']],
		['one as JSON writes it', '{"key":"sk\\"live\\\\1"}', ['sk"live\\1']],
	])('takes out %s whole', (_which, text, secrets) => {
		expect(safeText(text, secrets)).not.toMatch(/sk|live|abc|123|end|def|\[a\]/);
	});

	it('is not misled by a secret that is empty', () => {
		expect(safeText('harmless', [''])).toBe('harmless');
	});

	it.each([
		['an override', 'a\u202eb'],
		['an isolate', 'a\u2066b'],
	])('lets %s of the direction of writing turn nothing around', (_which, text) => {
		expect(safeText(text)).toBe('a b');
	});

	it('never shows half a character', () => {
		expect(safeText(`${'x'.repeat(498)}🎧${'x'.repeat(9)}`)).toBe(`${'x'.repeat(498)}…`);
		expect(safeText('a\ud83cb')).toBe('a\ufffdb');
	});

	it.each([
		['a line separator', 'abcd\u2028efgh'],
		['a paragraph separator', 'abcd\u2029efgh'],
		['an override of the direction', 'abcd\u202eefgh'],
		['a line end', 'abcd\r\nefgh'],
		['half a character', 'abcd\ud83cefgh\u2028'],
	])('holds no secret with %s in it as a URL writes it', (_what, secret) => {
		const written = encodeURIComponent(secret.replace(/\p{Cs}/gu, '\ufffd'));

		expect(safeText(`No such key: ${written}!`, [secret])).toBe('No such key: ***!');
	});
});
