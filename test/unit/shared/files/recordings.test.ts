import type { INodeExecutionData } from 'n8n-workflow';

import { binaryItem, errorOf, useBinaryStorage } from '../../harness';
import type { BinaryFacts } from '../../harness';
import { SENDER_BY_TYPE, SENDERS, SENDERS_BY_NAME } from '../../harness/senders';
import type { Sender } from '../../harness/senders';

const SOUND = Buffer.from('sound of speech');
const MP4 = Buffer.from('\0\0\0\x20ftypisom\0\0\x02\0isomiso2', 'latin1');
const PAGE = Buffer.from('<!DOCTYPE html><title>Sign in</title>');
const WAVE = Buffer.from('RIFF\x24\0\0\0WAVEfmt ', 'latin1');
const OPUS = Buffer.from(`OggS\0\x02${'\0'.repeat(20)}\x01\x13OpusHead`, 'latin1');

/** Sends a file, and gives what went out and what the output says of it. */
async function sent(
	sender: Sender,
	bytes: Buffer,
	facts: BinaryFacts & { fileExtension?: string },
) {
	const file = sender.expectFile();
	const item = await binaryItem(bytes, facts);
	if (facts.fileExtension) item.binary!.data!.fileExtension = facts.fileExtension;
	const [output] = await sender.send(item);
	return { ...file, fileName: output!.json.fileName };
}

describe.each(SENDERS_BY_NAME)('a recording as it comes, sent to $provider', (sender) => {
	beforeAll(async () => await useBinaryStorage('filesystem'));

	it.each([
		[
			'a voice note of Telegram',
			SOUND,
			{ fileName: 'file_12.oga', mimeType: 'audio/ogg' },
			'file_12.ogg',
		],
		[
			'n8n’s name for audio/mpeg',
			SOUND,
			{ fileName: 'song.mpga', mimeType: 'audio/mpeg' },
			'song.mp3',
		],
		[
			'n8n’s name for QuickTime',
			SOUND,
			{ fileName: 'clip.QT', mimeType: 'video/quicktime' },
			'clip.mov',
		],
		[
			'a voice note of WhatsApp',
			SOUND,
			{ fileName: 'talk.m4b', mimeType: 'audio/mp4' },
			'talk.m4a',
		],
		[
			'a download without a name',
			SOUND,
			{ mimeType: 'audio/mpeg', fileExtension: 'mpga' },
			'recording.mp3',
		],
		['a download', SOUND, { fileName: 'download', mimeType: 'audio/mpeg' }, 'download.mp3'],
		[
			'a meeting in Drive',
			SOUND,
			{ fileName: 'Weekly sync', mimeType: 'video/mp4' },
			'Weekly sync.mp4',
		],
		['the name of a script', SOUND, { fileName: 'get.php', mimeType: 'audio/wav' }, 'get.php.wav'],
		[
			'an extension beside the name',
			SOUND,
			{ fileName: 'voice', fileExtension: 'oga' },
			'voice.ogg',
		],
		[
			'an escaped name',
			SOUND,
			{ fileName: 'my%20call.mp3', mimeType: 'audio/mpeg' },
			'my call.mp3',
		],
		[
			'a blank behind the name',
			SOUND,
			{ fileName: 'call.mp3\u00a0 ', mimeType: 'audio/mpeg' },
			'call.mp3',
		],
		[
			'a percent sign in the name',
			SOUND,
			{ fileName: '100% done.mp3', mimeType: 'audio/mpeg' },
			'100% done.mp3',
		],
		['bytes of an MP4 alone', MP4, { fileName: 'download' }, 'download.mp4'],
		['bytes of Opus alone', OPUS, { fileName: 'blob.bin' }, /^blob\.bin\.(ogg|opus)$/],
		[
			'bytes of a WAV that n8n calls text',
			WAVE,
			{ fileName: 'out', mimeType: 'text/plain' },
			'out.wav',
		],
		['contents that disagree', MP4, { fileName: 'memo.mp3', mimeType: 'audio/mpeg' }, 'memo.mp3'],
		[
			'a plain name',
			SOUND,
			{ fileName: 'Grüße 谢谢.MP3', mimeType: 'audio/mpeg' },
			'Grüße 谢谢.MP3',
		],
	])('%s has a name that it knows, and the output shows it', async (_what, bytes, facts, name) => {
		const file = await sent(sender, bytes, facts);

		expect(file.name).toMatch(name instanceof RegExp ? name : new RegExp(`^${escaped(name)}$`));
		expect(file.fileName).toBe(file.name);
	});

	it.each(['application/octet-stream', '', 'text/plain', 'audio'])(
		'the type %j says nothing, so the extension does',
		async (mimeType) => {
			const file = sender.expectFile();
			const item = await binaryItem(SOUND, { fileName: 'meeting.mp3' });
			item.binary!.data!.mimeType = mimeType;
			await sender.send(item);

			expect(file).toMatchObject({ name: 'meeting.mp3', type: 'audio/mpeg' });
		},
	);

	it.each([
		['call.amr', SOUND, 'audio/amr', '.amr files: "call.amr"'],
		['call', SOUND, 'audio/amr', '.amr files: "call"'],
		['song.mid', SOUND, 'audio/midi', '.mid files: "song.mid"'],
		['subtitles.mks', SOUND, 'video/x-matroska', '.mks files: "subtitles.mks"'],
		['notes.txt', SOUND, 'audio/mpeg', '.txt files: "notes.txt"'],
		['download.php', PAGE, 'application/octet-stream', '.html files: "download.php"'],
		['download', PAGE, 'application/octet-stream', '.html files: "download"'],
	])(
		'refuses %s before any request, and says what it takes',
		async (fileName, bytes, mimeType, words) => {
			const error = await errorOf(sender.send(await binaryItem(bytes, { fileName, mimeType })));

			expect(error.message).toBe(`${sender.provider} does not take ${words} [item 0]`);
			expect(error.description).toContain(sender.extensions!.join(', '));
		},
	);

	it('refuses a file of which nothing says what it is before any request', async () => {
		const error = await errorOf(sender.send(await binaryItem(SOUND, { fileName: 'download' })));

		expect(error.message).toContain('The file "download" has no extension');
	});
});

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

describe('a file as it comes, sent to Scripe', () => {
	beforeAll(async () => await useBinaryStorage('filesystem'));

	it.each([
		['meeting.mp3', 'application/octet-stream', 'audio/mpeg', SOUND],
		['meeting.mp3', 'text/plain', 'audio/mpeg', SOUND],
		['file_12.oga', 'application/ogg', 'audio/ogg', SOUND],
		['call.amr', 'binary/octet-stream', 'audio/amr', SOUND],
		['brief.pdf', 'application/octet-stream', 'application/pdf', SOUND],
		['slide.PNG', '', 'image/png', SOUND],
		['notes.txt', 'application/octet-stream', 'text/plain', SOUND],
		['notes.log', 'text/plain', 'text/plain', SOUND],
		['notes.md', 'text/plain', 'text/plain', Buffer.from('The free lunch is over')],
		['notes', 'text/plain', 'text/plain', Buffer.from('caffeine keeps us awake')],
		['download', 'application/octet-stream', 'video/mp4', MP4],
		['download', 'text/plain', 'application/pdf', Buffer.from('%PDF-1.7')],
		['memo.mp3', 'audio/mpeg', 'audio/mpeg', MP4],
	])('%s with the type %j is sent as %s', async (fileName, mimeType, type, bytes) => {
		const file = SENDER_BY_TYPE.expectFile();
		const item = await binaryItem(bytes, { fileName });
		item.binary!.data!.mimeType = mimeType;

		await SENDER_BY_TYPE.send(item);

		expect(file.type).toBe(type);
	});

	it('has its name decoded and trimmed in the output', async () => {
		SENDER_BY_TYPE.expectFile();
		const facts = { fileName: 'my%20call.mp3\u00a0', mimeType: 'audio/mpeg' };

		const [output] = await SENDER_BY_TYPE.send(await binaryItem(SOUND, facts));

		expect(output!.json.fileName).toBe('my call.mp3');
	});
});

/** A binary as a Code node writes it, with only what its author thought of. */
const handMade = (data: object): INodeExecutionData =>
	({ json: {}, binary: { data } }) as unknown as INodeExecutionData;

describe.each(SENDERS)('a binary that a Code node made, sent to $provider', (sender) => {
	it('needs no type', async () => {
		const file = sender.expectFile();
		const data = SOUND.toString('base64');

		await sender.send(handMade({ data, fileName: 'meeting.mp3' }));

		expect(file.type).toBe('audio/mpeg');
	});

	it('needs no name', async () => {
		const file = sender.expectFile();

		await sender.send(handMade({ data: MP4.toString('base64') }));

		expect(file.type).toBe('video/mp4');
	});

	it.each([
		['none', {}],
		['bytes that went through JSON', { data: { type: 'Buffer', data: [1, 2, 3] } }],
		['null', { data: null }],
	])('has to have contents that n8n can read, not %s', async (_what, more) => {
		const item = handMade({ fileName: 'meeting.mp3', mimeType: 'audio/mpeg', ...more });

		const error = await errorOf(sender.send(item));

		expect(error.message).toBe('The file "meeting.mp3" has no contents [item 0]');
		expect(error.description).toContain('prepareBinaryData');
	});
});

describe.each(SENDERS)('a binary field that does not exist, with $provider', (sender) => {
	beforeAll(async () => await useBinaryStorage('memory'));
	const send = async (item: INodeExecutionData, binaryPropertyName = 'recording') =>
		await errorOf(sender.send(item, { wait: 'none', binaryPropertyName }));

	it.each([
		[['data']],
		[['attachment_0', 'attachment_1']],
		[['Grüße', 'file.mp3']],
		[['two\nlines']],
	])('is answered with those that do: %j', async (fields) => {
		const { binary } = await binaryItem(SOUND);
		const entries = fields.map((field) => [field, binary!.data!]);

		const error = await send({ json: {}, binary: Object.fromEntries(entries) });

		expect(error.message).toBe('The item has no file in the field "recording" [item 0]');
		expect(error.description).toContain(`: ${fields.join(', ').replace('\n', ' ')}. Enter one`);
	});

	it.each([[{ json: {} }], [{ json: {}, binary: {} }], [{ json: { recording: 'a.mp3' } }]])(
		'is answered with the item’s lack of files: %j',
		async (item) => {
			const error = await send(item);

			expect(error.message).toBe(
				'The item holds no file, so none in the field "recording" [item 0]',
			);
			expect(error.description).toContain('Check the node before');
		},
	);
});
