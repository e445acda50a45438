import type { IncomingMessage, ServerResponse } from 'node:http';

import type { IDataObject } from 'n8n-workflow';

import type { ApiCall } from '../../../../nodes/shared/http/apiCall';
import { MultipartForm } from '../../../../nodes/shared/http/multipart';
import { putFile } from '../../../../nodes/shared/http/presignedUpload';
import { request } from '../../../../nodes/shared/http/request';
import { uploadFileOf } from '../../../../nodes/shared/files/upload';
import { binaryItem, bodyOf, parseForm, runNode, useBinaryStorage, useServer } from '../../harness';
import { NAUGHTY_STRINGS } from '../naughtyStrings';
import { probe, probeProvider } from '../probe';

const server = useServer();
const SOUND = 'sound of a recording';

const POST: ApiCall = {
	endpoint: { name: 'send things', requestsPerMinute: 0 },
	method: 'POST',
	path: '/things',
	expects: 'json',
	resendable: true,
};

/** Keeps what is made of each request, one after the other. */
function receiving<Made>(make: (incoming: IncomingMessage, body: Buffer) => Promise<Made>): Made[] {
	const made: Made[] = [];
	const answer = async (incoming: IncomingMessage, response: ServerResponse) => {
		made.push(await make(incoming, await bodyOf(incoming)));
		response.setHeader('Content-Type', 'application/json').end('{}');
	};
	server.answer = (incoming, response) => {
		answer(incoming, response).catch(() => response.writeHead(599).end());
	};
	return made;
}

const inOrder = { parameters: { options: { maxParallel: 1 } } };

/** The headers of a form's parts, as they went over the wire. */
function partHeadersIn(contentType: string, body: Buffer): string[] {
	const boundary = `--${contentType.split('boundary=')[1]}\r\n`;
	const parts = body.toString('utf8').split(boundary).slice(1);
	return parts.map((part) => part.slice(0, part.indexOf('\r\n\r\n')));
}

/** As browsers and n8n write a name into a form (HTML Standard, multipart/form-data). */
const asInForm = (name: string) =>
	name.replace(/\r/g, '%0D').replace(/\n/g, '%0A').replace(/"/g, '%22');

describe('the big list of naughty strings, over a real connection,', () => {
	beforeAll(async () => await useBinaryStorage('memory'));

	it('is no harm as names and values of a form, which another parser reads as they were', async () => {
		const forms = receiving(async ({ headers }, body) => ({
			...(await parseForm(headers, body)),
			parts: partHeadersIn(headers['content-type']!, body),
		}));
		const names: string[] = [];

		await runNode({
			...probe(async (context, itemIndex) => {
				const file = await uploadFileOf(context, itemIndex, 'data');
				names.push(file.name);
				const form = new MultipartForm();
				form.append('title', NAUGHTY_STRINGS[itemIndex]!);
				form.appendFile('file', file);
				await request(context, probeProvider, { ...POST, body: form }, itemIndex);
				return [];
			}),
			...inOrder,
			credentials: { probeApi: { baseUrl: server.url } },
			items: await Promise.all(
				NAUGHTY_STRINGS.map(
					async (fileName) =>
						await binaryItem(Buffer.from(SOUND), { fileName, mimeType: 'audio/mpeg' }),
				),
			),
		});

		expect(forms).toHaveLength(NAUGHTY_STRINGS.length);
		const read = forms.map(({ fields, files, parts }) => ({
			fields,
			files: Object.keys(files),
			sound: String(files.file?.bytes),
			parts,
		}));
		expect(read).toEqual(
			NAUGHTY_STRINGS.map((text, index) => ({
				fields: { title: text.replace(/\r\n|\r|\n/g, '\r\n') },
				files: ['file'],
				sound: SOUND,
				parts: [
					'Content-Disposition: form-data; name="title"',
					`Content-Disposition: form-data; name="file"; filename="${asInForm(names[index]!)}"\r\nContent-Type: audio/mpeg`,
				],
			})),
		);
	});

	it('arrives in a body of JSON as it is', async () => {
		const bodies = receiving(async (_incoming, body) => JSON.parse(body.toString()) as IDataObject);

		await runNode({
			...probe(async (context, itemIndex) => {
				const text = NAUGHTY_STRINGS[itemIndex]!;
				const body = { text, [text]: [text] };
				await request(context, probeProvider, { ...POST, body }, itemIndex);
				return [];
			}),
			...inOrder,
			credentials: { probeApi: { baseUrl: server.url } },
			items: NAUGHTY_STRINGS.map(() => ({ json: {} })),
		});

		expect(bodies).toHaveLength(NAUGHTY_STRINGS.length);
		bodies.forEach((body, index) => {
			const text = NAUGHTY_STRINGS[index]!;
			expect(Object.entries(body)).toEqual(Object.entries({ text, [text]: [text] }));
		});
	});

	it('is no harm as the name of a file that is put to a presigned address', async () => {
		const uploads = receiving(async ({ rawHeaders }, body) => ({ rawHeaders, body }));

		await runNode({
			...probe(async (context, itemIndex) => {
				const file = await uploadFileOf(context, itemIndex, 'data');
				const target = { url: `${server.url}/upload`, contentType: 'audio/mpeg' };
				await putFile(context, itemIndex, file, target, 0);
				return [];
			}),
			...inOrder,
			items: await Promise.all(
				NAUGHTY_STRINGS.map(
					async (fileName) =>
						await binaryItem(Buffer.from(SOUND), { fileName, mimeType: 'audio/mpeg' }),
				),
			),
		});

		expect(uploads).toHaveLength(NAUGHTY_STRINGS.length);
		for (const { rawHeaders, body } of uploads) {
			expect(body.toString()).toBe(SOUND);
			expect(rawHeaders).toHaveLength(uploads[0]!.rawHeaders.length);
		}
	});

	it('is no harm as the type that an address is signed for', async () => {
		const types = receiving(async ({ headers }) => headers['content-type']);

		const outputs = await runNode({
			...probe(async (context, itemIndex) => {
				const file = await uploadFileOf(context, itemIndex, 'data');
				const target = { url: `${server.url}/upload`, contentType: NAUGHTY_STRINGS[itemIndex]! };
				await putFile(context, itemIndex, file, target, 1);
				return [{ json: {} }];
			}),
			...inOrder,
			continueOnFail: true,
			items: await Promise.all(
				NAUGHTY_STRINGS.map(async () => await binaryItem(Buffer.from(SOUND))),
			),
		});

		expect(types.length).toBeGreaterThan(100);
		for (const { json } of outputs) {
			if (json.error) expect(json.error).toMatch(/^The file "speech.mp3" could not be uploaded: /);
		}
	});
});
