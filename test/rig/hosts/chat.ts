import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An incoming webhook of a chat, on loopback. */
export interface Chat {
	/** Where messages are sent. */
	url: string;
	/** The texts that arrived, the first first. */
	texts: string[];
	/** How many of the next messages are refused with 503. */
	refusals: number;
	stop(): Promise<void>;
}

/** Starts a chat that takes `{ text }`, as Slack and Mattermost do. */
export async function startChat(): Promise<Chat> {
	const chat: Chat = { url: '', texts: [], refusals: 0, stop: async () => await closed(server) };
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const isRefused = chat.refusals > 0;
			if (isRefused) chat.refusals -= 1;
			else chat.texts.push(textOf(Buffer.concat(chunks).toString('utf8')));
			response.writeHead(isRefused ? 503 : 200).end('ok');
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	chat.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/editors`;
	return chat;
}

function textOf(body: string): string {
	return String((JSON.parse(body) as { text?: unknown }).text);
}

async function closed(server: Server): Promise<void> {
	server.closeAllConnections();
	await new Promise((resolve) => server.close(resolve));
}
