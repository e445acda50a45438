import { bytesOf, errorOf, useBinaryStorage } from '../harness';
import type { BinaryStorage } from '../harness';
import { api, chosen, ID, run } from './support';

const SRT = '\ufeff1\r\n00:00:00,200 --> 00:00:01,400\r\nGrüße 🎧\r\n';

describe.each<BinaryStorage>(['filesystem', 'memory'])('exporting into %s', (storage) => {
	beforeAll(async () => await useBinaryStorage(storage));

	it.each([
		['srt', 'srt', 'application/x-subrip'],
		['vtt', 'vtt', 'text/vtt'],
		['txt', 'text', 'text/plain'],
	])('gives %s as a file, byte for byte', async (format, wireFormat, mimeType) => {
		api().get(`/v1/transcribe/${ID}`).query({ format: wireFormat }).reply(200, SRT, {
			'Content-Type': 'text/plain',
		});

		const [item] = await run('transcription', 'export', { ...chosen(ID), format });

		expect(item!.json).toEqual({ transcriptionId: ID, format, fileName: `${ID}.${format}` });
		expect(item!.binary!.data).toMatchObject({ fileName: `${ID}.${format}`, mimeType });
		expect((await bytesOf(item!.binary!.data)).equals(Buffer.from(SRT))).toBe(true);
	});
});

describe('exporting', () => {
	beforeAll(async () => await useBinaryStorage('filesystem'));

	it('sends every option under the API’s own name', async () => {
		api()
			.get(`/v1/transcribe/${ID}`)
			.query({
				format: 'srt',
				include_speakers: 'true',
				include_timestamps: 'true',
				max_chars: '60',
				max_duration: '5.5',
				max_words: '7',
				sentence_aware: 'false',
				strip_chars: '.,&',
			})
			.reply(200, SRT);

		await run('transcription', 'export', {
			...chosen(ID),
			options: {
				includeSpeakers: 'true',
				includeTimestamps: true,
				maxChars: 60,
				maxDuration: 5.5,
				maxWords: 7,
				sentenceAware: false,
				stripChars: '.,&',
			},
		});
	});

	it('puts the file into the field that the user names', async () => {
		api().get(`/v1/transcribe/${ID}`).query({ format: 'srt' }).reply(200, SRT);

		const [item] = await run('transcription', 'export', {
			...chosen(ID),
			binaryPropertyName: 'captions',
		});

		expect(Object.keys(item!.binary!)).toEqual(['captions']);
	});

	it('makes an empty file of a silent recording', async () => {
		api().get(`/v1/transcribe/${ID}`).query({ format: 'text' }).reply(200, '');

		const [item] = await run('transcription', 'export', { ...chosen(ID), format: 'txt' });

		expect(await bytesOf(item!.binary!.data)).toHaveLength(0);
	});

	it('explains an error that comes in place of the file', async () => {
		api()
			.get(`/v1/transcribe/${ID}`)
			.query(true)
			.reply(404, { error: { code: 'TRANSCRIPTION_NOT_FOUND', message: 'Not found' } });

		const error = await errorOf(run('transcription', 'export', chosen(ID)));

		expect(error.message).toContain('Not found (TRANSCRIPTION_NOT_FOUND)');
		expect(error.description).toContain('Check the transcription ID');
	});

	it('does not take a web page for the file', async () => {
		api()
			.persist()
			.get(`/v1/transcribe/${ID}`)
			.query(true)
			.reply(200, '<!DOCTYPE html><html>Sign in</html>', { 'Content-Type': 'text/html' });

		const error = await errorOf(run('transcription', 'export', chosen(ID)));

		expect(error.message).toContain('a web page');
	});

	it.each(['docx', 'constructor', ''])(
		'refuses the format %j before any request',
		async (format) => {
			const error = await errorOf(run('transcription', 'export', { ...chosen(ID), format }));

			expect(error.message).toBe(`Scriptivox has no export format "${format}" [item 0]`);
			expect(error.description).toBe('Choose one of srt, vtt, txt.');
		},
	);

	it('refuses an empty field for the file before any request', async () => {
		const error = await errorOf(
			run('transcription', 'export', { ...chosen(ID), binaryPropertyName: '' }),
		);

		expect(error.message).toBe('Put Output File in Field is empty [item 0]');
	});
});
