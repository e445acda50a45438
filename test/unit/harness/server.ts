import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

import nock from 'nock';

/** A real server on a free loopback port. */
export interface TestServer {
	/** Without a slash at its end. */
	url: string;
	/** What to do with the next requests. */
	answer: RequestListener;
}

/**
 * Starts a real server for the tests of a file, for what only a real connection shows: streams,
 * lengths, and a line that breaks half-way.
 */
export function useServer(): TestServer {
	const server: TestServer = {
		url: '',
		answer: (_request, response) => response.writeHead(404).end(),
	};
	const listener = createServer((request, response) => server.answer(request, response));
	beforeAll(async () => {
		nock.restore();
		await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
		server.url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`;
	});
	afterAll(async () => {
		listener.closeAllConnections();
		await new Promise((resolve) => listener.close(resolve));
	});
	return server;
}

/** All bytes of a request's body. */
export async function bodyOf(request: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
}
