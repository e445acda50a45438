import type { IncomingMessage, ServerResponse } from 'node:http';

import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { ApiCall } from '../../../nodes/shared/http/apiCall';
import { MultipartForm } from '../../../nodes/shared/http/multipart';
import { putFile } from '../../../nodes/shared/http/presignedUpload';
import { request } from '../../../nodes/shared/http/request';
import { withRetries } from '../../../nodes/shared/core/retry';
import { uploadFileOf } from '../../../nodes/shared/files/upload';
import { bodyOf, bytesOf, runNode, useServer } from '../harness';
import type { Run } from '../harness';
import { probe, probeProvider, READ } from './probe';

export const server = useServer();

export const MEGABYTE = 1024 * 1024;

const SUBMIT: ApiCall = {
	...READ,
	endpoint: { name: 'send a file', requestsPerMinute: 0 },
	method: 'POST',
};

/** What a node does with an item. */
export type Use = (context: IExecuteFunctions, itemIndex: number) => Promise<IDataObject>;

/** Lets a node do it. */
export async function run(use: Use, setup: Partial<Run> = {}) {
	return await runNode({
		...probe(async (context, itemIndex) => [{ json: await use(context, itemIndex) }]),
		credentials: { probeApi: { baseUrl: server.url } },
		...setup,
	});
}

/** Reads what is there. */
export const read =
	(call: Partial<ApiCall> = {}): Use =>
	async (context, itemIndex) => {
		const { body } = await request<unknown>(
			context,
			probeProvider,
			{ ...READ, ...call },
			itemIndex,
		);
		return { body: Buffer.isBuffer(body) ? body.toString() : body } as IDataObject;
	};

/** Hands a body on to n8n's storage, as it comes. */
export const store: Use = async (context, itemIndex) => {
	const call: ApiCall = { ...READ, expects: 'stream' };
	const { body } = await request<never>(context, probeProvider, call, itemIndex);
	const binary = await context.helpers.prepareBinaryData(body, 'talk.mp3');
	return { body: (await bytesOf(binary)).toString() };
};

/** Sends the item's file in a form. */
export const sendForm =
	(resendable: boolean): Use =>
	async (context, itemIndex) => {
		const form = new MultipartForm();
		form.appendFile('file', await uploadFileOf(context, itemIndex, 'data'));
		const call = { ...SUBMIT, resendable, body: form };
		await request(context, probeProvider, call, itemIndex);
		return {};
	};

/** Puts the item's file to an address, and after each failure to another. */
export const put: Use = async (context, itemIndex) => {
	const file = await uploadFileOf(context, itemIndex, 'data');
	await withRetries(async (tries) => {
		const target = { url: `${server.url}/upload-${tries}`, contentType: 'audio/mpeg' };
		await putFile(context, itemIndex, file, target, tries);
	}, 3);
	return {};
};

/** Answers that all is well. */
export const json = (response: ServerResponse) =>
	response.setHeader('Content-Type', 'application/json').end('{"id":1}');

/** Takes what comes at so many bytes a second, all connections together: one line that they share. */
export function throttled(
	bytesPerSecond: number,
	received: (request: IncomingMessage, body: Buffer) => void,
) {
	let freeAt = performance.now();
	server.answer = (incoming, response) => {
		const pieces: Buffer[] = [];
		incoming.on('data', (piece: Buffer) => {
			pieces.push(piece);
			freeAt = Math.max(freeAt, performance.now()) + (1000 * piece.length) / bytesPerSecond;
			incoming.pause();
			setTimeout(() => incoming.resume(), freeAt - performance.now());
		});
		incoming.on('end', () => {
			received(incoming, Buffer.concat(pieces));
			json(response);
		});
	};
}

/** Counts requests; lets the first so many fall silent in their middle, and takes the others. */
export function silentAt(silent: number) {
	const seen: string[] = [];
	server.answer = (incoming, response) => {
		seen.push(incoming.url!);
		if (seen.length <= silent) {
			incoming.once('data', () => incoming.pause());
			return;
		}
		void bodyOf(incoming).then(() => json(response));
	};
	return seen;
}
