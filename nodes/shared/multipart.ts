import type { BinaryBody, UploadFile } from './upload';

/** A file as a part of a form: what n8n's HTTP client reads of one. */
interface FilePart {
	name: string;
	type: string;
	size: number;
	stream(): AsyncGenerator<Uint8Array>;
}

type Field = [name: string, value: string | FilePart];

/**
 * A multipart form whose file is streamed from n8n's storage, with a Content-Length.
 *
 * n8n's HTTP client takes an object of this shape for a form: it computes the length from the
 * parts' sizes, and opens each file when its turn comes, anew for each time the form is sent. It
 * must have no `getHeaders`: with it n8n takes the object for one of the form-data package.
 */
export class MultipartForm {
	private readonly fields: Field[] = [];

	private readonly opened: BinaryBody[] = [];

	/** How often its files were closed: a file that opens later than that belongs to no request. */
	private closings = 0;

	get [Symbol.toStringTag](): 'FormData' {
		return 'FormData';
	}

	/** Adds a field. */
	append(name: string, value: string): void {
		this.fields.push([name, value]);
	}

	/** Adds a file. */
	appendFile(name: string, file: UploadFile): void {
		const openPart = async () => await this.open(file);
		this.fields.push([
			name,
			{
				name: file.name,
				type: file.mimeType,
				size: file.size,
				async *stream() {
					const body = await openPart();
					if (Buffer.isBuffer(body)) yield body;
					else yield* body as AsyncIterable<Uint8Array>;
				},
			},
		]);
	}

	/** Closes the files that were opened to be sent, read to their end or not. */
	destroy(): void {
		this.closings += 1;
		for (const body of this.opened.splice(0)) close(body);
	}

	/** The fields in the order in which they were added. */
	entries(): IterableIterator<Field> {
		return this.fields.values();
	}

	[Symbol.iterator](): IterableIterator<Field> {
		return this.entries();
	}

	/** Opens a file; one whose request broke off meanwhile is closed at once. */
	private async open(file: UploadFile): Promise<BinaryBody> {
		const { closings } = this;
		const body = await file.open();
		if (closings === this.closings) this.opened.push(body);
		else close(body);
		return body;
	}
}

function close(body: BinaryBody): void {
	if (!Buffer.isBuffer(body)) body.destroy();
}
