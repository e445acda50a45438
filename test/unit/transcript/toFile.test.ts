import { asTool, run, TALK, textIn } from './support';

const SCRIPT = {
	...TALK,
	segments: [
		{ start: 0, end: 2, speaker: 'Ann', text: 'It costs *5* <b>.', words: [] },
		{ start: 2, end: 4, speaker: 'Ann', text: '# Really, "5"?', words: [] },
		{ start: 3700.5, end: null, speaker: null, text: '=1+1', words: [] },
	],
};

describe('Convert to File', () => {
	it.each([
		['md', {}, '**Ann**\n\nIt costs \\*5\\* \\<b\\>. # Really, "5"?\n\n\\=1+1\n'],
		[
			'md',
			{ timestamps: true, speakers: false },
			'\\[00:00:00\\]\n\nIt costs \\*5\\* \\<b\\>.\n\n\\[00:00:02\\]\n\n\\# Really, "5"?\n\n\\[01:01:40\\]\n\n\\=1+1\n',
		],
		[
			'txt',
			{ timestamps: true },
			'[00:00:00] Ann: It costs *5* <b>.\n[00:00:02] # Really, "5"?\n[01:01:40] =1+1',
		],
		['txt', { speakers: false }, 'Good morning. Morning! Shall we begin?'],
		[
			'csv',
			{},
			`start,end,speaker,text\r\n0,2,Ann,It costs *5* <b>.\r\n2,4,Ann,"# Really, ""5""?"\r\n3700.5,,,'=1+1\r\n`,
		],
		['json', {}, `${JSON.stringify(SCRIPT)}\n`],
	])('writes %s with the options %j', async (format, options, text) => {
		const [item] = await run('toFile', SCRIPT, { format, options });

		expect(await textIn(item)).toBe(text);
	});

	it.each([
		['charactersPerLine', 5],
		['charactersPerLine', 42.5],
		['linesPerCue', 0],
		['longestCueSeconds', 100],
		['shortestCueSeconds', -1],
		['charactersPerSecond', 'fast'],
	])('refuses %s %p', async (name, value) => {
		const refused = run('toFile', TALK, { options: { [name]: `={{ ${JSON.stringify(value)} }}` } });

		await expect(refused).rejects.toThrow(/must be a (whole )?number from/);
	});

	it.each([
		['Début', 'Début.srt'],
		['../../etc/passwd', 'passwd.srt'],
		['C:\\temp\\a.srt', 'a.srt'],
		[' ', 'meeting.srt'],
	])('names a file %j', async (fileName, expected) => {
		const [item] = await run('toFile', TALK, { options: { fileName } });

		expect(item!.json.fileName).toBe(expected);
	});

	it('gives empty subtitles where nothing was said', async () => {
		const silence = { ...TALK, text: '', segments: [], speechDetected: false };

		const [srt] = await run('toFile', silence, { format: 'srt' });
		const [vtt] = await run('toFile', silence, { format: 'vtt' });

		expect(await textIn(srt)).toBe('');
		expect(await textIn(vtt)).toBe('WEBVTT\n');
	});

	it('goes on with the other items where one is no transcript', async () => {
		const output = await run('toFile', [TALK, {}, TALK], {}, { continueOnFail: true });

		expect(output.map(({ json }) => json.error)).toEqual([
			undefined,
			'There is no Transcript: the item is empty [item 1]',
			undefined,
		]);
	});

	it.each([
		[
			'srt',
			'application/x-subrip',
			'1\n00:00:00,000 --> 00:00:01,500\nAnn: Good morning.\n\n2\n00:00:02,000 --> 00:00:02,900\nBob: Morning!\n\n3\n00:00:03,500 --> 00:00:05,250\nAnn: Shall we begin?\n',
		],
		[
			'vtt',
			'text/vtt',
			'WEBVTT\n\n00:00:00.000 --> 00:00:01.500\nAnn: Good morning.\n\n00:00:02.000 --> 00:00:02.900\nBob: Morning!\n\n00:00:03.500 --> 00:00:05.250\nAnn: Shall we begin?\n',
		],
		['txt', 'text/plain', 'Ann: Good morning.\nBob: Morning!\nAnn: Shall we begin?'],
	])('writes %s into a binary field, named after the recording', async (format, type, text) => {
		const [item] = await run('toFile', TALK, { format });

		expect(item!.json).toEqual({ format, fileName: `meeting.${format}` });
		expect(item!.binary!.data).toMatchObject({ fileName: `meeting.${format}`, mimeType: type });
		expect(await textIn(item)).toBe(text);
	});

	it('puts the file into the field that is named', async () => {
		const [item] = await run('toFile', TALK, { binaryPropertyName: 'subtitles' });

		expect(Object.keys(item!.binary!)).toEqual(['subtitles']);
	});

	it('leaves speakers out where they are not wanted, and takes a name', async () => {
		const options = { speakers: false, fileName: 'Début.srt' };

		const [item] = await run('toFile', TALK, { options });

		expect(item!.json.fileName).toBe('Début.srt');
		expect(await textIn(item)).not.toContain('Ann');
	});

	it('gives a model the text, as bytes do not cross its call', async () => {
		const [item] = await run('toFile', TALK, { format: 'txt' }, { node: asTool() });

		expect(item!.binary).toBeUndefined();
		expect(item!.json).toEqual({
			format: 'txt',
			fileName: 'meeting.txt',
			text: 'Ann: Good morning.\nBob: Morning!\nAnn: Shall we begin?',
		});
	});
});
