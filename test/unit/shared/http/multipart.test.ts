import FormData from 'form-data';
import type { IncomingMessage } from 'node:http';

import { MultipartForm } from '../../../../nodes/shared/http/multipart';
import { request } from '../../../../nodes/shared/http/request';
import type { ApiCall } from '../../../../nodes/shared/http/apiCall';
import { uploadFileOf } from '../../../../nodes/shared/files/upload';
import { binaryItem, bodyOf, parseForm, runNode, useBinaryStorage, useServer } from '../../harness';
import type { BinaryStorage, ParsedForm } from '../../harness';
import { probe, probeProvider } from '../probe';

const server = useServer();

/** Sends a form with the item's file through the HTTP client of n8n. */
async function sendForm(bytes: Buffer, fileName: string) {
	const item = await binaryItem(bytes, { fileName, mimeType: 'audio/mpeg' });
	const call: Omit<ApiCall, 'body'> = {
		endpoint: { name: 'send a form', requestsPerMinute: 0 },
		method: 'POST',
		path: '/forms',
		expects: 'json',
		resendable: true,
	};
	return await runNode({
		...probe(async (context, itemIndex) => {
			const form = new MultipartForm();
			form.append('language', 'de');
			form.append('title', 'Grüße "an" alle\r\nund Umlaute');
			form.appendFile('file', await uploadFileOf(context, itemIndex, 'data'));
			await request(context, probeProvider, { ...call, body: form }, itemIndex);
			return [{ json: {} }];
		}),
		credentials: { probeApi: { baseUrl: server.url } },
		items: [item],
	});
}

/** Answers once with what the parser made of the form. */
function received() {
	return new Promise<{ form: ParsedForm; headers: IncomingMessage['headers']; body: Buffer }>(
		(resolve, reject) => {
			server.answer = (incoming, response) => {
				bodyOf(incoming)
					.then(async (body) => {
						resolve({
							form: await parseForm(incoming.headers, body),
							headers: incoming.headers,
							body,
						});
						response.setHeader('Content-Type', 'application/json').end('{}');
					})
					.catch(reject);
			};
		},
	);
}

const MEGABYTES = Buffer.alloc(3 * 1024 * 1024, 'sound');

describe.each<BinaryStorage>(['filesystem', 'memory'])('a form with a file in %s', (storage) => {
	beforeAll(async () => await useBinaryStorage(storage));

	it('is read by an independent parser as it was meant', async () => {
		const arrived = received();

		await sendForm(MEGABYTES, 'meeting.mp3');

		const { form } = await arrived;
		expect(form.fields).toEqual({ language: 'de', title: 'Grüße "an" alle\r\nund Umlaute' });
		expect(form.files.file).toMatchObject({ name: 'meeting.mp3', type: 'audio/mpeg' });
		expect(form.files.file!.bytes.equals(MEGABYTES)).toBe(true);
	});

	it('has a length, and no chunks', async () => {
		const arrived = received();

		await sendForm(MEGABYTES, 'meeting.mp3');

		const { headers, body } = await arrived;
		expect(headers['content-length']).toBe(String(body.length));
		expect(headers['transfer-encoding']).toBeUndefined();
	});

	it('means the same as a form of the form-data package', async () => {
		const arrived = received();
		await sendForm(Buffer.from('sound'), 'meeting.mp3');
		const { form } = await arrived;

		const reference = new FormData();
		reference.append('language', 'de');
		reference.append('title', 'Grüße "an" alle\r\nund Umlaute');
		reference.append('file', Buffer.from('sound'), {
			filename: 'meeting.mp3',
			contentType: 'audio/mpeg',
		});

		expect(form).toEqual(await parseForm(reference.getHeaders(), reference.getBuffer()));
	});

	it.each(['it\'s "quoted".mp3', 'Grüße 谢谢 🎧.mp3', '-rf.mp3', 'a;b=c.mp3', 'a\\b.mp3'])(
		'keeps the file name %j within its part',
		async (fileName) => {
			const arrived = received();

			await sendForm(Buffer.from('sound'), fileName);

			const { form } = await arrived;
			expect(Object.keys(form.files)).toEqual(['file']);
			expect(form.files.file!.bytes.toString()).toBe('sound');
		},
	);

	it('lets no file name add a header or a part', async () => {
		const arrived = received();

		await sendForm(Buffer.from('sound'), 'a\r\nX-Evil: 1\r\n\r\nb.mp3');

		const { form, body } = await arrived;
		expect(body.toString('latin1')).not.toMatch(/\nX-Evil/);
		expect(form.files.file!.bytes.toString()).toBe('sound');
	});

	it('goes again from its start after the line broke half-way', async () => {
		let breaks = 0;
		const arrived = new Promise<ParsedForm>((resolve, reject) => {
			server.answer = (incoming, response) => {
				if (breaks++ === 0) {
					incoming.once('data', () => incoming.socket.resetAndDestroy());
					return;
				}
				bodyOf(incoming)
					.then(async (body) => {
						resolve(await parseForm(incoming.headers, body));
						response.setHeader('Content-Type', 'application/json').end('{}');
					})
					.catch(reject);
			};
		});

		await sendForm(MEGABYTES, 'meeting.mp3');

		expect((await arrived).files.file!.bytes.equals(MEGABYTES)).toBe(true);
		expect(breaks).toBe(2);
	});
});
