import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { replyTo } from './replies';
import type { PlayedReply } from './replies';
import { type KnownSecret, secretsOf } from './secrets';

/** A request as it came over the wire. */
export interface RecordedRequest {
	/** As in `PROVIDERS`, or `dropbox` or `storage`. */
	provider: string;
	/** Whose address it came to. */
	account: string;
	/** Method, path and query. */
	call: string;
	/** Everything that it carried: address, headers and body. */
	text: string;
}

/** Providers on loopback that answer every operation and write down what they are sent. */
export interface Recorder {
	/** What came, in the order in which it came. */
	requests: RecordedRequest[];
	/** Where a provider is for one account; without a slash at its end. */
	addressOf(provider: string, account: string): string;
	stop(): Promise<void>;
}

/** Answers a request in place of the recorder. */
export type Answer = (response: ServerResponse, genuine: PlayedReply) => void;

/**
 * Starts them on a free port.
 *
 * @param otherAnswer what answers a request of a method in another way than the reference says
 */
export async function startRecorder(
	otherAnswer: (method: string) => Answer | undefined = () => undefined,
): Promise<Recorder> {
	const requests: RecordedRequest[] = [];
	const recording = new Set<string>();
	let origin = '';
	const addressOf = (provider: string, account: string) => `${origin}/${provider}/${account}`;
	const server = createServer((request, response) => {
		void recorded(request).then((one) => {
			requests.push(one);
			noteRecording(recording, one);
			const [method = ''] = one.call.split(' ');
			const genuine = genuineReply(one, addressOf('storage', one.account), recording);
			(otherAnswer(method) ?? answerAsPlayed)(response, genuine);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return {
		requests,
		addressOf,
		stop: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

async function recorded(request: IncomingMessage): Promise<RecordedRequest> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	const { method = '', url = '', rawHeaders } = request;
	const [, provider = '', account = ''] = url.split('/');
	const path = url.slice(`/${provider}/${account}`.length);
	const body = Buffer.concat(chunks).toString('latin1');
	return {
		provider,
		account,
		call: `${method} ${path}`,
		text: [url, ...rawHeaders, body].join('\n'),
	};
}

/** Keeps in mind whose appliance records: starting and stopping wait until they see it. */
function noteRecording(recording: Set<string>, { account, text }: RecordedRequest): void {
	if (text.includes('"action":"start"')) recording.add(account);
	if (text.includes('"action":"stop"')) recording.delete(account);
}

function genuineReply(
	{ provider, account, call }: RecordedRequest,
	storageUrl: string,
	recording: Set<string>,
): PlayedReply {
	const [method = '', path = ''] = call.split(' ');
	const [{ value: signature }] = secretsOf('storage', account) as [KnownSecret];
	const isRecording = recording.has(account);
	const fileName = 'council.mp3';
	return replyTo(provider, method, path, { storageUrl, signature, isRecording, fileName });
}

function answerAsPlayed(response: ServerResponse, { status, body }: PlayedReply): void {
	const isText = typeof body === 'string';
	response.writeHead(status, { 'content-type': isText ? 'text/plain' : 'application/json' });
	response.end(isText ? body : JSON.stringify(body));
}
