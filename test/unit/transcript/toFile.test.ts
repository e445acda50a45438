import { asTool, run, TALK, textIn } from './support';

describe('Convert to File', () => {
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
