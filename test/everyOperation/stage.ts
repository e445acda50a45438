import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

import { replyTo } from './replies';
import type { PlayedReply } from './replies';

/** A request as a test sees it. */
export interface StageCall {
	/** As in `PROVIDERS`, or `storage`. */
	provider: string;
	/** Method, path and query, such as `POST /transcribe`. */
	call: string;
	headers: IncomingMessage['headers'];
	body: string;
}

/** What a test lets happen in place of the usual reply: a reply, or a connection that breaks. */
export type Meddling = (PlayedReply & { headers?: Record<string, string> }) | 'reset' | undefined;

/** Every provider on one loopback address, over real sockets. */
export interface Stage {
	/** What came, in the order in which it came. */
	calls: StageCall[];
	/** Asked before each reply. */
	meddle: (call: StageCall) => Meddling;
	/** A provider's address; without a slash at its end. */
	addressOf(provider: string): string;
	/** Takes the whole address off the network, and brings it back. */
	leave(): Promise<void>;
	comeBack(): Promise<void>;
	/** Forgets what came, and meddles no more. */
	reset(): void;
	stop(): Promise<void>;
}

/** A job of Scripe goes on after it was started, as those of the others do. */
function usualReply({ provider, call }: StageCall, storageUrl: string): PlayedReply {
	const [method = '', path = ''] = call.split(' ');
	const reply = replyTo(provider, method, path, {
		storageUrl,
		signature: 'signed',
		isRecording: false,
		fileName: null,
	});
	if (provider !== 'scripe' || !/^POST \/(sources|posts\/generations)$/.test(call)) return reply;
	const { data } = reply.body as { data: object };
	return { status: 202, body: { data: { ...data, status: 'QUEUED', result: null } } };
}

/** Starts it on a free port. */
export async function startStage(): Promise<Stage> {
	const sockets = new Set<Socket>();
	let port = 0;
	let server: Server;
	const addressOf = (provider: string) => `http://127.0.0.1:${port}/${provider}`;
	const stage: Stage = {
		calls: [],
		meddle: () => undefined,
		addressOf,
		async leave() {
			sockets.forEach((socket) => socket.destroy());
			await new Promise((resolve) => server.close(resolve));
		},
		async comeBack() {
			server = createServer((request, response) => void answer(request, response));
			server.on('connection', (socket) => {
				sockets.add(socket);
				socket.on('close', () => sockets.delete(socket));
			});
			await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
			({ port } = server.address() as AddressInfo);
		},
		reset() {
			stage.calls.length = 0;
			stage.meddle = () => undefined;
		},
		stop: async () => await stage.leave(),
	};

	async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const call = await callOf(request);
		stage.calls.push(call);
		const meddling = stage.meddle(call);
		if (meddling === 'reset') {
			request.socket.resetAndDestroy();
			return;
		}
		const { status, body, headers } = {
			headers: {},
			...(meddling ?? usualReply(call, addressOf('storage'))),
		};
		const isText = typeof body === 'string';
		response.writeHead(status, {
			'content-type': isText ? 'text/plain' : 'application/json',
			...headers,
		});
		response.end(isText ? body : JSON.stringify(body));
	}

	await stage.comeBack();
	return stage;
}

async function callOf(request: IncomingMessage): Promise<StageCall> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	const { method = '', url = '', headers } = request;
	const [, provider = ''] = url.split('/');
	const path = url.slice(`/${provider}`.length);
	return {
		provider,
		call: `${method} ${path}`,
		headers,
		body: Buffer.concat(chunks).toString('latin1'),
	};
}
