import nock from 'nock';

import { binaryItem, errorOf, useBinaryStorage } from '../harness';
import { api, expectUpload, run, speech, STORAGE, UPLOAD_ID } from './support';

describe('uploading a file', () => {
	beforeAll(async () => await useBinaryStorage('filesystem'));

	it('gives the upload’s id and what was uploaded', async () => {
		expectUpload('speech.mp3');

		expect(await run('file', 'upload', {}, { items: [await speech()] })).toEqual([
			{
				json: {
					uploadId: UPLOAD_ID,
					fileName: 'speech.mp3',
					mimeType: 'audio/mpeg',
					sizeBytes: 15,
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	it('uploads several files at once, each to its own address', async () => {
		const names = ['a.mp3', 'b.mp3', 'c.mp3'];
		names.forEach((name) => expectUpload(name, `upload-of-${name}`));
		const items = await Promise.all(
			names.map(async (fileName) => await binaryItem(Buffer.from(fileName), { fileName })),
		);

		const output = await run('file', 'upload', {}, { items });

		expect(output.map(({ json }) => json.uploadId)).toEqual(
			names.map((name) => `upload-of-${name}`),
		);
	});

	it.each([
		['notes.pdf', 1, 'Scriptivox does not take .pdf files'],
		['a.mp3', 0, 'is empty'],
	])('refuses %j with %d bytes before any request', async (fileName, size, message) => {
		const item = await binaryItem(Buffer.alloc(size), { fileName });

		await expect(run('file', 'upload', {}, { items: [item] })).rejects.toThrow(message);
	});

	it('refuses an empty field name before any request', async () => {
		const uploading = run(
			'file',
			'upload',
			{ binaryPropertyName: '' },
			{ items: [await speech()] },
		);

		await expect(uploading).rejects.toThrow('Input Binary Field is empty [item 0]');
	});

	it('explains a storage that refuses twice', async () => {
		api()
			.post('/v1/upload')
			.times(2)
			.reply(200, { upload_id: 'a', upload_url: `${STORAGE}/p`, headers: {} });
		nock(STORAGE).put('/p').times(2).reply(400, '<Error>SignatureDoesNotMatch</Error>');

		const error = await errorOf(run('file', 'upload', {}, { items: [await speech()] }));

		expect(error.message).toContain('"speech.mp3" could not be uploaded');
		expect(error.message).toContain('HTTP 400');
	});
});
