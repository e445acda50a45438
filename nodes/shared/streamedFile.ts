import type { BinaryBody, UploadFile } from './upload';

/** How much of a file in memory is handed on at once: what moved shows in pieces only. */
const PIECE_BYTES = 256 * 1024;

/** Who sends a body, as far as the body has to know. */
export interface Sending {
	/** Is told how many bytes of a file the connection has taken. */
	moved(bytes: number): void;
	/** Is told that the connection has taken all of it. */
	handedOver(): void;
}

/** A body that is sent from n8n's storage. */
export interface StreamedBody {
	/** Why it could not be read to its end: n8n's storage failed, and nothing else. */
	readonly failure: Error | undefined;
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
		let sent = 0;
		for await (const piece of this.pieces(closings)) {
			sent += piece.length;
			if (sent > this.size) break;
			yield piece;
			// asked for the next: the connection has taken this one
			this.sending.moved(piece.length);
		}
		if (closings !== this.closings) return;
		if (sent === this.size) return this.sending.handedOver();
		// the length was said beforehand: the provider would wait for what is missing
		throw this.failed(
			new Error(`it has another size than the ${this.size} bytes that were stored`),
		);
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

function* piecesOf(bytes: Buffer): Generator<Uint8Array> {
	for (let at = 0; at < bytes.length; at += PIECE_BYTES) yield bytes.subarray(at, at + PIECE_BYTES);
}

function close(body: BinaryBody): void {
	if (!Buffer.isBuffer(body)) body.destroy();
}
