import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

import type { ApiCall } from '../../../../nodes/shared/http/apiCall';
import { MultipartForm } from '../../../../nodes/shared/http/multipart';
import { request } from '../../../../nodes/shared/http/request';
import { StreamedFile } from '../../../../nodes/shared/http/streamedFile';
import { sendUnauthenticated } from '../../../../nodes/shared/http/transport';
import type { UploadFile } from '../../../../nodes/shared/files/upload';
import { errorOf, runNode, useServer } from '../../harness';
import { probe, probeProvider } from '../probe';

const SIZE = 20 * 1024 * 1024;
const server = useServer();
let folder: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'n8n-open-files-'));
	await writeFile(join(folder, 'talk.mp3'), Buffer.alloc(SIZE));
});

afterAll(async () => await rm(folder, { recursive: true }));

/**
 * A file of which it can be told whether all of its streams are closed.
 *
 * @param slowness milliseconds that it takes to open
 */
function watchedFile(slowness = 0) {
	const opened: Readable[] = [];
	const file: UploadFile = {
		name: 'talk.mp3',
		mimeType: 'audio/mpeg',
		size: SIZE,
		unreadable: (cause) => cause,
		async open() {
			await sleep(slowness);
			const handle = await open(join(folder, 'talk.mp3'));
			opened.push(handle.createReadStream());
			return opened.at(-1)!;
		},
	};
	return { file, opened };
}

/** Waits for files that are opened when the request has ended already, and for their ends. */
async function untilOpened(opened: Readable[], count: number): Promise<void> {
	while (opened.length < count) await sleep(5);
	await sleep(50);
}

const resetConnection = () => {
	server.answer = (incoming) => void incoming.once('data', () => incoming.socket.resetAndDestroy());
};
const answerEarly = () => {
	server.answer = (_incoming, response) => {
		response.writeHead(413, { 'Content-Type': 'application/json', Connection: 'close' });
		response.end('{}');
	};
};
const answerInTheEnd = () => {
	server.answer = (incoming, response) => {
		incoming.resume().once('end', () => {
			response.setHeader('Content-Type', 'application/json').end('{}');
		});
	};
};

const CALL: Omit<ApiCall, 'body'> = {
	endpoint: { name: 'send a form', requestsPerMinute: 0 },
	method: 'POST',
	path: '/forms',
	expects: 'json',
	resendable: true,
};

async function sendForm(file: UploadFile): Promise<void> {
	await runNode({
		...probe(async (context, itemIndex) => {
			const form = new MultipartForm();
			form.appendFile('file', file);
			await request(context, probeProvider, { ...CALL, body: form }, itemIndex);
			return [];
		}),
		parameters: { options: { maxRetries: 2 } },
		credentials: { probeApi: { baseUrl: server.url } },
	});
}

async function putStream(file: UploadFile): Promise<void> {
	await runNode({
		...probe(async (context) => {
			await sendUnauthenticated(context, {
				method: 'PUT',
				url: `${server.url}/storage`,
				headers: { 'Content-Length': SIZE },
				body: new StreamedFile(file),
				wants: 'bytes',
			});
			return [];
		}),
		credentials: { probeApi: {} },
	});
}

describe('a file that is streamed', () => {
	it('is closed after each try that broke off, in a form', async () => {
		const { file, opened } = watchedFile();
		resetConnection();

		await errorOf(sendForm(file));
		await untilOpened(opened, 3);

		expect(opened.map(({ destroyed }) => destroyed)).toEqual([true, true, true]);
	});

	it('is closed when each try broke off before it was open, in a form', async () => {
		const { file, opened } = watchedFile(200);
		resetConnection();

		await errorOf(sendForm(file));
		await untilOpened(opened, 3);

		expect(opened.map(({ destroyed }) => destroyed)).toEqual([true, true, true]);
	});

	it('is closed once it has come, in a form', async () => {
		const { file, opened } = watchedFile();
		answerInTheEnd();

		await sendForm(file);

		expect(opened.map(({ destroyed }) => destroyed)).toEqual([true]);
	});

	it.each([0, 200])(
		'is closed once the server answers before it has come, in a form, when it opens in %i ms',
		async (slowness) => {
			const { file, opened } = watchedFile(slowness);
			answerEarly();

			await sendForm(file).catch(() => {});
			await sleep(2 * slowness);

			expect(opened.map(({ destroyed }) => destroyed)).not.toContain(false);
		},
	);

	it.each([
		['the connection broke', resetConnection],
		['the server answered before it had come', answerEarly],
		['it has come', answerInTheEnd],
	])('is closed once %s, as the body itself', async (_when, behave) => {
		const { file, opened } = watchedFile();
		behave();

		await putStream(file);

		expect(opened.map(({ destroyed }) => destroyed)).toEqual([true]);
	});
});
