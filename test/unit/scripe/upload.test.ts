import { errorOf, useBinaryStorage } from '../harness';
import { api, expectPut, jsonOf, minted, run, speech, UPLOAD } from './support';

describe('uploading a file', () => {
	beforeAll(async () => await useBinaryStorage('filesystem'));
	const upload = async () => await run('upload', 'create', {}, { items: [await speech()] });

	it('gives the ID to make a source from, and until when', async () => {
		api().post('/v1/uploads', { contentType: 'audio/mpeg', maxSizeBytes: 15 }).reply(200, minted());
		expectPut().reply(200);

		expect(await jsonOf(upload())).toEqual({
			uploadId: UPLOAD,
			fileName: 'speech.mp3',
			mimeType: 'audio/mpeg',
			sizeBytes: 15,
			expiresAt: '2026-11-22T13:00:00.000Z',
		});
	});

	it.each([
		['an address', { id: UPLOAD }],
		['an ID', { uploadUrl: 'https://storage.example/put' }],
	])('does not go on without %s', async (_what, data) => {
		api().post('/v1/uploads').times(6).reply(200, { data });

		const error = await errorOf(upload());

		expect(error.message).toContain('Scripe sent a reply');
		expect(error.message).toContain('to the request to upload a file');
	});

	it('tells of an item without a file', async () => {
		const error = await errorOf(run('upload', 'create'));

		expect(error.message).toContain('data');
	});

	it('refuses an empty field name before any request', async () => {
		const error = await errorOf(run('upload', 'create', { binaryPropertyName: '' }));

		expect(error.message).toBe('Input Binary Field is empty [item 0]');
	});
});
