import { bytesOf, errorOf, useBinaryStorage } from '../harness';
import type { BinaryStorage } from '../harness';
import { api, chosen, CLAIM_TOKEN, claimedApi, envelope, ID, run } from './support';

const DOCX_TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
// bytes that are no text in any encoding that a client might take them for
const DOCX = Buffer.from(
	Array.from({ length: 1024 }, (_, index) => (index * 7) % 256).concat([0xff, 0xfe, 0x00, 0x80]),
);

describe.each<BinaryStorage>(['filesystem', 'memory'])('exporting into %s', (storage) => {
	beforeAll(async () => await useBinaryStorage(storage));

	it.each([
		['txt', 'Grüße 🎧\r\n', 'text/plain; charset=utf-8', 'text/plain'],
		['json', '{"text":"Grüße"}', 'application/json', 'application/json'],
		[
			'srt',
			'\ufeff1\r\n00:00:00,200 --> 00:00:01,400\r\nGrüße\r\n',
			'text/srt',
			'application/x-subrip',
		],
		['vtt', 'WEBVTT\n\n00:00.200 --> 00:01.400\nGrüße\n', 'text/vtt', 'text/vtt'],
		['docx', DOCX, 'application/octet-stream', DOCX_TYPE],
	])('gives %s as a file, byte for byte', async (format, content, sentType, mimeType) => {
		const bytes = Buffer.from(content);
		api()
			.get(`/api/v1/jobs/${ID}/result`)
			.query({ format })
			.reply(200, bytes, { 'Content-Type': sentType });

		const [item] = await run('job', 'export', { ...chosen(), format });

		expect(item!.json).toEqual({ jobId: ID, format, fileName: `${ID}.${format}` });
		expect(item!.binary!.data).toMatchObject({ fileName: `${ID}.${format}`, mimeType });
		expect((await bytesOf(item!.binary!.data)).equals(bytes)).toBe(true);
	});
});

describe('exporting', () => {
	beforeAll(async () => await useBinaryStorage('filesystem'));

	it('puts the file into the field that the user names', async () => {
		api().get(`/api/v1/jobs/${ID}/result`).query(true).reply(200, '1');

		const [item] = await run('job', 'export', { ...chosen(), binaryPropertyName: 'captions' });

		expect(Object.keys(item!.binary!)).toEqual(['captions']);
	});

	it('proves with the claim token that the job is ours', async () => {
		claimedApi().get(`/api/v1/jobs/${ID}/result`).query(true).reply(200, '1');

		await run('job', 'export', { ...chosen(), options: { claimToken: CLAIM_TOKEN } });
	});

	it('makes an empty file of a silent recording', async () => {
		api().get(`/api/v1/jobs/${ID}/result`).query(true).reply(200, '');

		const [item] = await run('job', 'export', { ...chosen(), format: 'txt' });

		expect(await bytesOf(item!.binary!.data)).toHaveLength(0);
	});

	it('explains an error that comes in place of the file', async () => {
		api().get(`/api/v1/jobs/${ID}/result`).query(true).reply(404, envelope('NOT_FOUND'));

		const error = await errorOf(run('job', 'export', { ...chosen(), format: 'docx' }));

		expect(error.message).toContain('Because of NOT_FOUND (NOT_FOUND)');
		expect(error.description).toContain('Claim Token');
	});

	it('does not take a web page for the file', async () => {
		api()
			.persist()
			.get(`/api/v1/jobs/${ID}/result`)
			.query(true)
			.reply(200, '<html></html>', { 'Content-Type': 'text/html' });

		await expect(run('job', 'export', chosen())).rejects.toThrow('Whipscribe sent');
	});

	it.each([
		[{ format: 'pdf' }, 'Whipscribe has no export format "pdf"'],
		[{ format: 'toString' }, 'Whipscribe has no export format "toString"'],
		[{ binaryPropertyName: '' }, 'Put Output File in Field is empty'],
	])('refuses %j before any request', async (parameters, message) => {
		await expect(run('job', 'export', { ...chosen(), ...parameters })).rejects.toThrow(message);
	});
});
