import { jsonParse } from 'n8n-workflow';
import type { IDataObject, IN8nHttpFullResponse } from 'n8n-workflow';

import { LINE_LIMITS } from './lineLimits';
import type { LineWatch } from './lineWatch';

const BYTE_ORDER_MARK = '\ufeff';

/** How a reply's body is wanted; where it is no JSON, the text that it is. */
export type ReplyKind = 'json' | 'bytes' | 'stream';

/** An HTTP reply as received. */
export interface Reply {
	status: number;
	headers: IDataObject;
	body: unknown;
}

/** What n8n gives for a body that comes as it is read. */
interface ReplyStream extends AsyncIterable<Uint8Array> {
	push(...pieces: unknown[]): boolean;
	destroy(reason?: Error): void;
	once(event: string, listener: () => void): unknown;
	on(event: string, listener: () => void): unknown;
}

/** A body that is larger than what is held in memory. */
class EndlessBodyError extends Error {
	constructor(bytes: number) {
		super(`the reply has more than ${Math.floor(bytes / 1024 / 1024)} MB`);
	}
}

/**
 * Reads a reply's body, for as long as it goes on coming. One that is wanted as a stream is handed
 * on, and watched until it was read; of a refusal the beginning is read all the same.
 *
 * @param watch is ended once the body is there
 * @throws StillLineError where it stopped coming; the connection's error where it broke off
 */
export async function readReply(
	{ statusCode: status, headers, body }: IN8nHttpFullResponse,
	kind: ReplyKind,
	watch: LineWatch,
): Promise<Reply> {
	const isRefusal = status < 200 || status >= 300;
	const wanted = isRefusal ? 'json' : kind;
	if (!isStream(body)) {
		watch.end();
		return { status, headers, body };
	}
	if (wanted === 'stream') return { status, headers, body: watched(body, watch) };
	const most = isRefusal ? LINE_LIMITS.refusalBytes : LINE_LIMITS.replyBytes;
	const bytes = await watch.during(bytesOf(body, watch, most), LINE_LIMITS.bodySeconds);
	watch.end();
	if (!isRefusal && bytes.length > most) throw new EndlessBodyError(most);
	return { status, headers, body: wanted === 'bytes' ? bytes : jsonOrText(bytes) };
}

/** Reads the beginning of a refusal's body, as a part of a request that goes on. */
export async function readRefusal(
	{ body }: IN8nHttpFullResponse,
	watch: LineWatch,
): Promise<unknown> {
	if (!isStream(body)) return body;
	return jsonOrText(await bytesOf(body, watch, LINE_LIMITS.refusalBytes));
}

/** Whether a reply is a web page, such as a proxy, a firewall, a login or another service sends. */
export function isWebPage({ headers, body }: Pick<Reply, 'headers' | 'body'>): boolean {
	if (String(headers['content-type']).includes('text/html')) return true;
	const text = typeof body === 'string' ? body.trimStart().slice(0, 14).toLowerCase() : '';
	return text.startsWith('<!doctype html') || text.startsWith('<html');
}

/** The value of a body that is JSON; the text of any other. */
function jsonOrText(bytes: Buffer): unknown {
	const text = bytes.toString('utf8');
	const plain = text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
	return jsonParse<unknown>(plain, { fallbackValue: plain });
}

function isStream(body: unknown): body is ReplyStream {
	return (
		typeof (body as Partial<ReplyStream> | undefined)?.push === 'function' && !Array.isArray(body)
	);
}

/** What has come of a body once it ends, or is larger than `most` bytes. */
async function bytesOf(body: ReplyStream, watch: LineWatch, most: number): Promise<Buffer> {
	const pieces: Uint8Array[] = [];
	let size = 0;
	for await (const piece of body) {
		watch.moved();
		pieces.push(piece);
		size += piece.length;
		if (size > most) break;
	}
	return Buffer.concat(pieces);
}

/** A stream that somebody else reads: each piece that arrives is seen, and its flow left alone. */
function watched(body: ReplyStream, watch: LineWatch): ReplyStream {
	const { push } = body;
	body.push = (...pieces) => {
		watch.moved();
		return push.apply(body, pieces);
	};
	// nobody may be listening yet
	body.on('error', () => {});
	watch.beforeCut = (reason) => body.destroy(reason);
	const read = new Promise<void>((resolve) => body.once('close', resolve));
	void watch
		.during(read, LINE_LIMITS.bodySeconds)
		.catch(() => {})
		.finally(() => watch.end());
	return body;
}
