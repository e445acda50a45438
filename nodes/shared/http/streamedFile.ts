import { LINE_LIMITS } from './lineLimits';
import { lineTimer, OVER } from './lineTimer';
import type { BinaryBody, UploadFile } from '../files/upload';

/** How much of a file in memory is handed on at once: what moved shows in pieces only. */
const PIECE_BYTES = 256 * 1024;

/** Who sends a body, as far as the body has to know. */
export interface Sending {
	/** Is told how many bytes of a file the connection has taken. */
	moved(bytes: number): void;
	/** Is told that the connection has taken all of it. */
	handedOver(): void;
	/** Holds the last piece back, with which the request is complete, until it resolves. */
	mayEnd?(): Promise<void>;
}

/** A body that is sent from n8n's storage. */
export interface StreamedBody {
	/** Why it could not be read to its end: n8n's storage failed, and nothing else. */
	readonly failure: Error | undefined;
	/** What is read from the storage, in bytes. */
	readonly size: number;
	/** Tells it who sends it from now on. */
	sentBy(sending: Sending): void;
	/** Closes what was opened to be sent, read to its end or not. */
	destroy(): void;
}

/** Whether a request's body is one that is sent from n8n's storage. */
export function isStreamedBody(body: unknown): body is StreamedBody {
	return typeof (body as Partial<StreamedBody> | undefined)?.sentBy === 'function';
}

/**
 * A file that is streamed from n8n's storage, as a body or as a part of a form.
 *
 * n8n's HTTP client takes an object of this shape for a Blob: it sends `size` as the length and what
 * `stream` gives, which is opened anew for each time that it is sent.
 */
export class StreamedFile implements StreamedBody {
	readonly name: string;
	readonly size: number;
	failure: Error | undefined;

	private readonly opened: BinaryBody[] = [];
	/** How often it was closed: what opens later than that belongs to no request. */
	private closings = 0;
	private sending: Sending = { moved: () => {}, handedOver: () => {} };

	/** @param type the MIME type that goes with it */
	constructor(
		private readonly file: UploadFile,
		readonly type: string = file.mimeType,
	) {
		this.name = file.name;
		this.size = file.size;
	}

	get [Symbol.toStringTag](): 'Blob' {
		return 'Blob';
	}

	sentBy(sending: Sending): void {
		this.sending = sending;
	}

	destroy(): void {
		this.closings += 1;
		for (const body of this.opened.splice(0)) close(body);
	}

	/** Its bytes, from the first on. */
	async *stream(): AsyncGenerator<Uint8Array> {
		const { closings } = this;
		let held: Uint8Array = Buffer.alloc(0);
		let read = 0;
		for await (const piece of this.pieces(closings)) {
			read += piece.length;
			if (read > this.size) break;
			yield* this.sent(held);
			held = piece;
		}
		if (closings !== this.closings) return;
		// the length was said beforehand: the provider would wait for what is missing
		if (read !== this.size) throw this.failed(new Error(otherSize(this.size)));
		yield* this.last(held);
		this.sending.handedOver();
	}

	private *sent(piece: Uint8Array): Generator<Uint8Array> {
		if (piece.length === 0) return;
		yield piece;
		// asked for the next: the connection has taken this one
		this.sending.moved(piece.length);
	}

	/** The last piece; a byte of it now and then while it is held back, so that nobody hangs up. */
	private async *last(piece: Uint8Array): AsyncGenerator<Uint8Array> {
		const turn = this.sending.mayEnd?.() ?? Promise.resolve();
		let rest = piece;
		while (rest.length > 1 && !(await endsWithin(turn, LINE_LIMITS.dripSeconds))) {
			yield* this.sent(rest.subarray(0, 1));
			rest = rest.subarray(1);
		}
		await turn;
		yield* this.sent(rest);
	}

	private async *pieces(closings: number): AsyncGenerator<Uint8Array> {
		try {
			const body = await this.file.open();
			if (closings === this.closings) this.opened.push(body);
			else close(body);
			if (Buffer.isBuffer(body)) yield* piecesOf(body);
			else yield* body as AsyncIterable<Uint8Array>;
		} catch (cause) {
			// a stream that was closed because its request broke off says so with an error as well
			throw closings === this.closings ? this.failed(cause as Error) : cause;
		}
	}

	private failed(cause: Error): Error {
		this.failure = this.file.unreadable(cause);
		return this.failure;
	}
}

function otherSize(size: number): string {
	return `it has another size than the ${size} bytes that were stored`;
}

/** Whether something is over within so many seconds. */
async function endsWithin(work: Promise<void>, seconds: number): Promise<boolean> {
	const over = new AbortController();
	const late = lineTimer(seconds * 1000, over.signal).then(
		() => false,
		() => false,
	);
	return await Promise.race([work.then(() => true), late]).finally(() => over.abort(OVER));
}

function* piecesOf(bytes: Buffer): Generator<Uint8Array> {
	for (let at = 0; at < bytes.length; at += PIECE_BYTES) yield bytes.subarray(at, at + PIECE_BYTES);
}

function close(body: BinaryBody): void {
	if (!Buffer.isBuffer(body)) body.destroy();
}
