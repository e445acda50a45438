import { Readable } from 'node:stream';

import type { IExecuteFunctions } from 'n8n-workflow';

import type { ApiCall } from '../../../../nodes/shared/http/apiCall';
import { MultipartForm } from '../../../../nodes/shared/http/multipart';
import { fileItem } from '../../../../nodes/shared/operation/outputItems';
import { putFile } from '../../../../nodes/shared/http/presignedUpload';
import { request } from '../../../../nodes/shared/http/request';
import { withRetries } from '../../../../nodes/shared/core/retry';
import { recordingToSend, uploadFileOf } from '../../../../nodes/shared/files/upload';
import { inputBinaryField, outputBinaryField } from '../../../../nodes/shared/fields/commonFields';
import {
	binaryItem,
	bodyOf,
	errorOf,
	runNode,
	useBinaryStorage,
	useServer,
	waits,
} from '../../harness';
import { probe, probeProvider } from '../probe';

const SIZE = 2 * 1024 * 1024;
const server = useServer();
let requests: number;

beforeAll(async () => await useBinaryStorage('filesystem'));
beforeEach(() => {
	requests = 0;
	server.answer = (incoming, response) => {
		requests += 1;
		bodyOf(incoming).then(
			() => response.setHeader('Content-Type', 'application/json').end('{}'),
			() => {},
		);
	};
});

const failure = (code: string) => Object.assign(new Error(`${code}: i/o error, read`), { code });

type Broken = () => Promise<Readable>;

/** A file whose storage fails after so many bytes. */
const brokenAfter =
	(bytes: number, error: Error): Broken =>
	async () =>
		Readable.from(
			(function* () {
				for (let sent = 0; sent < bytes; sent += 64 * 1024) yield Buffer.alloc(64 * 1024);
				throw error;
			})(),
			{ objectMode: false },
		);

/** A file that has another size than n8n believes. */
const ofSize =
	(bytes: number): Broken =>
	async () =>
		Readable.from([Buffer.alloc(bytes)], { objectMode: false });

type Send = (context: IExecuteFunctions, itemIndex: number) => Promise<unknown>;

const CALL: ApiCall = {
	endpoint: { name: 'start a job', requestsPerMinute: 0 },
	method: 'POST',
	path: '/jobs',
	expects: 'json',
	resendable: false,
};

const formOf =
	(resendable: boolean): Send =>
	async (context, itemIndex) => {
		const form = new MultipartForm();
		form.append('diarize', 'true');
		form.appendFile('file', await uploadFileOf(context, itemIndex, 'data'));
		await request(context, probeProvider, { ...CALL, resendable, body: form }, itemIndex);
	};

const put: Send = async (context, itemIndex) => {
	const file = await uploadFileOf(context, itemIndex, 'data');
	await withRetries(async (tries) => {
		const target = { url: `${server.url}/put`, contentType: 'audio/mpeg' };
		await putFile(context, itemIndex, file, target, tries);
	}, 5);
};

const WAYS: Array<[string, Send]> = [
	['a form without a key', formOf(false)],
	['a form with a key', formOf(true)],
	['a presigned upload', put],
];

async function send(use: Send, broken: Broken) {
	return await runNode({
		...probe(async (context, itemIndex) => {
			jest.spyOn(context.helpers, 'getBinaryStream').mockImplementation(broken);
			await use(context, itemIndex);
			return [];
		}),
		credentials: { probeApi: { baseUrl: server.url } },
		items: [await binaryItem(Buffer.alloc(SIZE, 'sound'))],
	});
}

describe.each(WAYS)('n8n’s storage that fails under %s', (_way, use) => {
	it.each([
		['EIO in its middle', brokenAfter(SIZE / 2, failure('EIO'))],
		['ENOENT at its beginning', brokenAfter(0, failure('ENOENT'))],
		['EACCES when it opens', async () => await Promise.reject(failure('EACCES'))],
		['ESTALE near its end', brokenAfter(SIZE - 64 * 1024, failure('ESTALE'))],
		['ECONNRESET of a storage on another machine', brokenAfter(SIZE / 2, failure('ECONNRESET'))],
	])('is told as such: %s', async (name, broken) => {
		const error = await errorOf(send(use, broken));

		expect(error.message).toBe('n8n cannot read the file "speech.mp3" from its storage [item 0]');
		expect(error.description).toContain(name.split(' ')[0]);
		expect(error.description).not.toContain('may have arrived');
		expect(requests).toBeLessThanOrEqual(1);
		expect(waits).toEqual([]);
	});

	it.each([
		['less', SIZE - 1],
		['more', SIZE + 1],
	])('is told as such where it gives %s than it said', async (_what, bytes) => {
		const error = await errorOf(send(use, ofSize(bytes)));

		expect(error.message).toContain('n8n cannot read the file "speech.mp3" from its storage');
		expect(error.description).toContain(`another size than the ${SIZE} bytes`);
		expect(waits).toEqual([]);
	});
});

it('is told as such where a file’s first bytes are looked at', async () => {
	const look: Send = async (context, itemIndex) =>
		await recordingToSend(context, itemIndex, {
			provider: 'Probe',
			extensions: ['mp3'],
			mostBytes: 9 * SIZE,
		});
	const item = await binaryItem(Buffer.alloc(SIZE), { fileName: 'recording' });

	const error = await errorOf(
		runNode({
			...probe(
				async (context, itemIndex) => {
					const broken = brokenAfter(0, failure('EIO'));
					jest.spyOn(context.helpers, 'getBinaryStream').mockImplementation(broken);
					await look(context, itemIndex);
					return [];
				},
				{ fields: [inputBinaryField] },
			),
			items: [item],
		}),
	);

	expect(error.message).toContain('n8n cannot read the file "recording" from its storage');
	expect(error.description).toContain('EIO');
});

it.each([
	'ENOSPC: no space left on device, write',
	'EROFS: read-only file system',
	'EDQUOT',
	'EIO',
])('names n8n’s storage where it cannot take an export: %s', async (said) => {
	const storing = probe(
		async (context, itemIndex) => {
			jest.spyOn(context.helpers, 'prepareBinaryData').mockRejectedValue(new Error(said));
			const file = { name: 'talk.srt', mimeType: 'text/plain', bytes: Buffer.from('1') };
			return [await fileItem(context, itemIndex, {}, file)];
		},
		{ fields: [outputBinaryField] },
	);

	const error = await errorOf(runNode(storing));

	expect(error.message).toBe('n8n cannot store the file "talk.srt" [item 0]');
	expect(error.description).toContain(`Its storage says: ${said}.`);
	// it may be a file that a provider has made, or the Transcript node
	expect(error.description).toMatch(/run the node again: that costs nothing\.$/);
});
