import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request to a played host. */
export interface PlayedRequest {
	method: string;
	/** Decoded, without the query. */
	path: string;
	query: URLSearchParams;
	headers: IncomingMessage['headers'];
	/** The body, where it is a JSON object; empty where it is not. */
	body: Record<string, unknown>;
}

/** What a played host answers; a text or bytes go out as they are. */
export interface PlayedAnswer {
	status?: number;
	headers?: Record<string, string>;
	body: object | string;
}

/** A host of the internet that a test plays. */
export interface PlayedServer {
	/** Where it is, e.g. http://127.0.0.1:40123. */
	url: string;
	stop(): Promise<void>;
}

/**
 * Plays a host on a free port of loopback.
 *
 * @param answer what it says to each request; where it throws, 500
 */
export async function playServer(
	answer: (request: PlayedRequest) => PlayedAnswer | Promise<PlayedAnswer>,
): Promise<PlayedServer> {
	const server = createServer((incoming, response) => {
		void requestOf(incoming)
			.then(answer)
			.catch((error: Error): PlayedAnswer => ({ status: 500, body: error.message }))
			.then(({ status = 200, headers, body }) => {
				const isBytes = Buffer.isBuffer(body);
				const isText = typeof body === 'string';
				const type = isBytes
					? 'application/octet-stream'
					: isText
						? 'text/plain'
						: 'application/json';
				response.writeHead(status, { 'content-type': type, ...headers });
				response.end(isBytes || isText ? body : JSON.stringify(body));
			});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return { url: `http://127.0.0.1:${port}`, stop: async () => await closed(server) };
}

async function requestOf(incoming: IncomingMessage): Promise<PlayedRequest> {
	const pieces: Buffer[] = [];
	for await (const piece of incoming) pieces.push(piece as Buffer);
	const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://played');
	return {
		method: incoming.method ?? '',
		path: decodeURIComponent(pathname),
		query: searchParams,
		headers: incoming.headers,
		body: objectIn(Buffer.concat(pieces).toString('utf8')),
	};
}

function objectIn(text: string): Record<string, unknown> {
	try {
		const parsed = JSON.parse(text) as unknown;
		return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : {};
	} catch {
		return {};
	}
}

async function closed(server: Server): Promise<void> {
	server.closeAllConnections();
	await new Promise((resolve) => server.close(resolve));
}
