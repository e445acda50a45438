import { bytesOf } from '../harness';
import { api, begun, content, expectChanges, fileEntry, OUTPUT } from './support';

const polling = { receive: 'polling' };
const ARGUMENT = '{"path":"rev:rev-talk.mp3"}';

describe('a file that is downloaded', () => {
	it('is stored in n8n under its name and type', async () => {
		const { poll } = await begun({
			...polling,
			download: 'binary',
			binaryPropertyName: 'recording',
		});
		expectChanges('cursor-0', [fileEntry('talk.mp3')]);
		content()
			.post('/2/files/download', '')
			.matchHeader('dropbox-api-arg', ARGUMENT)
			.reply(200, 'sound bytes', { 'content-type': 'application/octet-stream' });

		const [item] = (await poll())!;

		expect(item!.json).toEqual(OUTPUT);
		expect(item!.binary!.recording).toMatchObject({ fileName: 'talk.mp3', mimeType: 'audio/mpeg' });
		expect((await bytesOf(item!.binary!.recording)).toString()).toBe('sound bytes');
	});

	it('is emitted with an error where Dropbox does not hand it out, and stops no other', async () => {
		const { poll } = await begun({ ...polling, download: 'binary' });
		expectChanges('cursor-0', [fileEntry('talk.mp3'), fileEntry('z.mp3')]);
		content()
			.post('/2/files/download')
			.matchHeader('dropbox-api-arg', ARGUMENT)
			.reply(409, {
				error_summary: 'path/restricted_content/..',
				error: { '.tag': 'path', path: { '.tag': 'restricted_content' } },
			});
		content().post('/2/files/download').reply(200, 'sound');

		const [refused, other] = (await poll())!;

		expect(refused!.binary).toBeUndefined();
		expect(refused!.json).toEqual({
			...OUTPUT,
			error: {
				code: 'path/restricted_content',
				message: 'Dropbox refused the request to download a file: path/restricted_content',
			},
		});
		expect((await bytesOf(other!.binary!.data)).toString()).toBe('sound');
	});

	it.each([429, 500, 503])('is asked for again after a %i', async (status) => {
		const { poll } = await begun({ ...polling, download: 'binary' });
		expectChanges('cursor-0', [fileEntry('talk.mp3')]);
		content()
			.post('/2/files/download')
			.reply(status, 'Come again', { 'retry-after': '2', 'content-type': 'text/plain' });
		content().post('/2/files/download').reply(200, 'sound');

		const [item] = (await poll())!;

		expect((await bytesOf(item!.binary!.data)).toString()).toBe('sound');
	});
});

describe('a temporary link', () => {
	it('comes with the file, for the very revision', async () => {
		const { poll } = await begun({ ...polling, download: 'temporaryLink' });
		expectChanges('cursor-0', [fileEntry('talk.mp3')]);
		api()
			.post('/2/files/get_temporary_link', { path: 'rev:rev-talk.mp3' })
			.reply(200, { metadata: {}, link: 'https://uc1.dl.dropboxusercontent.com/cd/0/get/x/file' });

		expect(await poll()).toEqual([
			{
				json: { ...OUTPUT, temporaryLink: 'https://uc1.dl.dropboxusercontent.com/cd/0/get/x/file' },
			},
		]);
	});
});
