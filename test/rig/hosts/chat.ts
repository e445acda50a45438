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
	/** Of the next message with each of these words, the words: it is refused with 503. */
	refuses: string[];
	stop(): Promise<void>;
}

/** Starts a chat that takes `{ text }`, as Slack and Mattermost do. */
export async function startChat(): Promise<Chat> {
	const stop = async () => await closed(server);
	const chat: Chat = { url: '', texts: [], refusals: 0, refuses: [], stop };
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const text = textOf(Buffer.concat(chunks).toString('utf8'));
			const isRefused = refusesIt(chat, text);
			if (!isRefused) chat.texts.push(text);
			response.writeHead(isRefused ? 503 : 200).end('ok');
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	chat.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/editors`;
	return chat;
}

function refusesIt(chat: Chat, text: string): boolean {
	const words = chat.refuses.find((each) => text.includes(each));
	chat.refuses = chat.refuses.filter((each) => each !== words);
	if (words === undefined && chat.refusals === 0) return false;
	chat.refusals = Math.max(0, chat.refusals - 1);
	return true;
}

function textOf(body: string): string {
	return String((JSON.parse(body) as { text?: unknown }).text);
}

async function closed(server: Server): Promise<void> {
	server.closeAllConnections();
	await new Promise((resolve) => server.close(resolve));
}
