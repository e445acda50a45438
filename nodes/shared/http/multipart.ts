import { StreamedFile } from './streamedFile';
import type { Sending, StreamedBody } from './streamedFile';
import type { UploadFile } from '../files/upload';

type Field = [name: string, value: string | StreamedFile];

/**
 * A multipart form whose file is streamed from n8n's storage, with a Content-Length.
 *
 * n8n's HTTP client takes an object of this shape for a form: it computes the length from the
 * parts' sizes, and opens each file when its turn comes, anew for each time the form is sent. It
 * must have no `getHeaders`: with it n8n takes the object for one of the form-data package.
 */
export class MultipartForm implements StreamedBody {
	private readonly fields: Field[] = [];

	get [Symbol.toStringTag](): 'FormData' {
		return 'FormData';
	}

	get failure(): Error | undefined {
		return this.files.find(({ failure }) => failure)?.failure;
	}

	get size(): number {
		return this.files.reduce((bytes, { size }) => bytes + size, 0);
	}

	private get files(): StreamedFile[] {
		return this.fields.map(([, value]) => value).filter((value) => typeof value !== 'string');
	}

	/** Adds a field. */
	append(name: string, value: string): void {
		this.fields.push([name, value]);
	}

	/** Adds a file. */
	appendFile(name: string, file: UploadFile): void {
		this.fields.push([name, new StreamedFile(file)]);
	}

	sentBy(sending: Sending): void {
		for (const file of this.files) file.sentBy(sending);
	}

	destroy(): void {
		for (const file of this.files) file.destroy();
	}

	/** The fields in the order in which they were added. */
	entries(): IterableIterator<Field> {
		return this.fields.values();
	}

	[Symbol.iterator](): IterableIterator<Field> {
		return this.entries();
	}
}
