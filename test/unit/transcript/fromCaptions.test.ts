import { read, run } from './support';

const cue = (text: string) => `1\n00:00:01,000 --> 00:00:02,500\n${text}\n`;
const vtt = (rest: string) => `WEBVTT\n\n${rest}`;
const ONE = { start: 1, end: 2.5, speaker: null, text: 'Hi.', words: [] };

/** The segments, each as `start-end speaker: text`, a part that is null left out. */
const brief = async (file: Buffer | string) =>
	(await read(file)).segments.map(({ start, end, speaker, text }) =>
		`${start}-${end ?? ''} ${speaker === null ? '' : `${speaker}: `}${text}`.trim(),
	);

describe('From Captions', () => {
	it('gives the common Transcript, in which what nobody knows is null', async () => {
		expect(await read(cue('Hi.'))).toEqual({
			provider: null,
			id: null,
			status: 'completed',
			text: 'Hi.',
			language: null,
			durationSeconds: null,
			speechDetected: null,
			speakers: [],
			segments: [ONE],
			error: null,
			fileName: 'film.srt',
		});
	});

	it('takes a text as well', async () => {
		const [item] = await run('fromCaptions', {}, { inputType: 'text', text: cue('Hi.') });

		expect(item!.json).toMatchObject({ text: 'Hi.', segments: [ONE], fileName: null });
	});

	it.each([
		['SRT', cue('Hi.')],
		['WebVTT', vtt('00:01.000 --> 00:02.500\nHi.\n')],
		['a mark of UTF-8', `\ufeff${cue('Hi.')}`],
		['line ends of Windows', cue('Hi.').replace(/\n/g, '\r\n')],
		['line ends of old Macs', cue('Hi.').replace(/\n/g, '\r')],
		['no line end behind', cue('Hi.').trim()],
		['no hours', '1\n00:01,000 --> 00:02,500\nHi.'],
		['dots in SRT', '1\n00:00:01.000 --> 00:00:02.500\nHi.'],
		['commas in WebVTT', vtt('00:00:01,000 --> 00:00:02,500\nHi.')],
		['no number', '00:00:01,000 --> 00:00:02,500\nHi.'],
		['short numbers', '1\n0:0:1,0 --> 0:0:2,5\nHi.'],
		['blanks in its times', '1\n00:00:01, 000  -->00:00:02 ,500 \nHi.'],
		['a short arrow', '1\n00:00:01,000 -> 00:00:02,500\nHi.'],
		['a place on the screen', '1\n00:00:01,000 --> 00:00:02,500 X1:1 X2:2 Y1:1 Y2:2\nHi.'],
		['settings', vtt('00:01.000 --> 00:02.500 line:0 position:20% align:start\nHi.')],
		['a name', vtt('intro\n00:01.000 --> 00:02.500\nHi.')],
		['a title', 'WEBVTT - My film\nKind: captions\n\n00:01.000 --> 00:02.500\nHi.'],
		['a note', vtt('NOTE by\nme\n\n00:01.000 --> 00:02.500\nHi.\n\nNOTE\nthe end')],
		['a style', vtt('STYLE\n::cue { color: red }\n\n00:01.000 --> 00:02.500\nHi.')],
		['a region', vtt('REGION\nid:a\n\n00:01.000 --> 00:02.500\nHi.')],
		['no blank line behind its head', 'WEBVTT\n00:01.000 --> 00:02.500\nHi.'],
		['a blank line behind the number', '1\n\n00:00:01,000 --> 00:00:02,500\nHi.'],
		['a blank line behind the times', '1\n00:00:01,000 --> 00:00:02,500\n\nHi.'],
		['many blank lines', `\n\n\n${cue('Hi.')}\n\n\n`],
		['tags of SRT', cue('{\\an8}<i><font color="#fff">Hi</font></i>.')],
		['tags of WebVTT', vtt('00:01.000 --> 00:02.500\n<c.loud><b>H</b></c><00:01.500><i>i.</i>')],
	])('reads a file with %s', async (_what, file) => {
		expect((await read(file)).segments).toEqual([ONE]);
	});

	it.each([
		['UTF-8', Buffer.from(cue('Grüße — 你好'))],
		['UTF-16 with its mark', Buffer.from(`\ufeff${cue('Grüße — 你好')}`, 'utf16le')],
		['UTF-16 without a mark', Buffer.from(cue('Grüße — 你好'), 'utf16le')],
		['UTF-16 the other way round', Buffer.from(`\ufeff${cue('Grüße — 你好')}`, 'utf16le').swap16()],
	])('reads %s', async (_encoding, bytes) => {
		expect((await read(bytes)).text).toBe('Grüße — 你好');
	});

	it.each([
		['Latin-1', Buffer.from(cue('Grüße, señor'), 'latin1'), 'Grüße, señor'],
		['Windows-1252', Buffer.from(cue('\x93Gr\xfc\xdfe\x94 \x85'), 'latin1'), '“Grüße” …'],
	])('reads %s', async (_encoding, bytes, text) => {
		expect((await read(bytes)).text).toBe(text);
	});

	it('knows speakers from voices of WebVTT, and takes a name with a colon for text', async () => {
		const file = vtt(
			'00:01.000 --> 00:02.000\n<v Ann>Hi, <i>all</i>.</v>\n\n00:02.000 --> 00:03.000\n<v.loud Bob &amp; Co>Yes.\n<v Ann>No.\n\n00:03.000 --> 00:04.000\nBob: Well.\n',
		);

		expect(await brief(file)).toEqual([
			'1-2 Ann: Hi, all.',
			'2-3 Bob & Co: Yes.',
			'2-3 Ann: No.',
			'3-4 Bob: Well.',
		]);
		const { speakers, segments } = await read(file);
		expect(speakers).toEqual(['Ann', 'Bob & Co']);
		expect(segments[3]!.speaker).toBeNull();
	});

	it('reads the language out of the head', async () => {
		const file = 'WEBVTT\nLanguage: pt-BR\n\n00:01.000 --> 00:02.000\nOi.';

		expect((await read(file)).language).toBe('pt-BR');
	});

	it.each([
		[
			vtt('00:01.000 --> 00:02.000\na &lt;b&gt; &amp;amp; &#65;&#x42;&nbsp;c &copy; &#0;'),
			'a <b> &amp; AB\u00a0c &copy; &#0;',
		],
		[cue('R&amp;B, a < b > c'), 'R&amp;B, a < b > c'],
	])('undoes escapes where the format has them: %j', async (file, text) => {
		expect((await read(file)).text).toBe(text);
	});

	it.each([
		['二行\nです。', '二行です。'],
		['two\nlines', 'two lines'],
	])('joins lines as their script does: %j', async (text, joined) => {
		expect((await read(cue(text))).text).toBe(joined);
	});

	it.each([
		[
			'blank lines between captions',
			'1\n00:00:01,000 --> 00:00:02,000\nA\n2\n00:00:03,000 --> 00:00:04,000\nB',
			['1-2 A', '3-4 B'],
		],
		[
			'numbers and blank lines',
			'00:00:01,000 --> 00:00:02,000\nA\n00:00:03,000 --> 00:00:04,000\nB',
			['1-2 A', '3-4 B'],
		],
		['text', '1\n00:00:01,000 --> 00:00:02,000\n\n2\n00:00:03,000 --> 00:00:04,000\nB', ['3-4 B']],
	])('reads on where %s are missing', async (_what, file, expected) => {
		expect(await brief(file)).toEqual(expected);
	});

	it.each([
		[
			'text behind a blank line',
			'1\n00:00:01,000 --> 00:00:02,000\nA\n\nand more\n\n2\n00:00:03,000 --> 00:00:04,000\nB',
			['1-2 A and more', '3-4 B'],
		],
		[
			'numbers as text',
			'1\n00:00:01,000 --> 00:00:02,000\n1984\n\n2\n00:00:03,000 --> 00:00:04,000\n42',
			['1-2 1984', '3-4 42'],
		],
		['arrows in text', cue('go --> there, 1 -> 2'), ['1-2.5 go --> there, 1 -> 2']],
		[
			'captions at once',
			'1\n00:00:01,000 --> 00:00:05,000\nA\n\n2\n00:00:02,000 --> 00:00:03,000\nB',
			['1-5 A', '2-3 B'],
		],
		[
			'captions in no order',
			'1\n00:00:05,000 --> 00:00:06,000\nB\n\n2\n00:00:02,000 --> 00:00:03,000\nA',
			['2-3 A', '5-6 B'],
		],
		['an end before the start', '1\n00:00:05,000 --> 00:00:02,000\nA', ['5- A']],
		['a time below zero', '1\n-00:00:01,000 --> 00:00:02,000\nA', ['0-2 A']],
		['an hour of four digits', '1\n1000:00:00,000 --> 1000:00:01,000\nA', ['3600000-3600001 A']],
		['more than a minute of seconds', '1\n00:00:75,000 --> 00:01:20,000\nA', ['75-80 A']],
	])('loses nothing of %s', async (_what, file, expected) => {
		expect(await brief(file)).toEqual(expected);
	});

	it.each(['', '\n\n', 'WEBVTT', 'WEBVTT\n\nNOTE nothing was said\n', '1\n'])(
		'makes an empty Transcript of %j',
		async (file) => {
			expect(await read(file)).toMatchObject({ status: 'completed', text: '', segments: [] });
		},
	);

	it.each([
		[`${cue('A')}\n2\n00:00:0b,000 --> 00:00:04,000\nB`, 'The times in line 6 of the captions'],
		[`${cue('A')}\n2\n00:00:03,000 -->\nB`, 'The times in line 6 of the captions'],
		['1\n--> 00:00:02,000\nA', 'The times in line 2 of the captions'],
		[`Some words\n${cue('A')}`, 'Line 1 stands before the first times'],
		['Good morning.', 'These are no captions: no line has times'],
		['{"text":"Hi"}', 'These are no captions'],
		[Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), 'These are no captions'],
	])('refuses %j, and says where', async (file, message) => {
		await expect(read(file)).rejects.toThrow(message);
	});

	it('refuses a file that is too large to be one', async () => {
		const bytes = Buffer.alloc(10 * 1024 * 1024 + 1, 'a');

		await expect(read(bytes)).rejects.toThrow('is larger than From Captions takes');
	});

	it('refuses no text', async () => {
		const refused = run('fromCaptions', {}, { inputType: 'text', text: ' ' });

		await expect(refused).rejects.toThrow('Text is empty');
	});

	it.each(['<', ' ', '-', '-->', '&#', '<v ', '1:'])(
		'reads a megabyte of %j as it does any other',
		async (part) => {
			const text = part.repeat((1024 * 1024) / part.length);
			const { segments } = await read(`00:01,000 --> 00:02,000\nA${text}B`);

			expect(segments[0]!.text.startsWith('A')).toBe(true);
		},
	);
});
