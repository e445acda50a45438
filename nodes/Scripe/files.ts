import type { IExecuteFunctions } from 'n8n-workflow';

import { inputError } from '../shared/errors';
import { checkSize } from '../shared/upload';
import type { UploadFile } from '../shared/upload';
import { scripe } from './provider';

const MEGABYTE = 1024 ** 2;

interface Kind {
	/** What its content types begin with. */
	type: string;
	/** Largest size in bytes; Infinity where the vendor names none. */
	mostBytes: number;
}

/** What Scripe takes (Scripe API reference, uploads). */
const KINDS: Kind[] = [
	{ type: 'audio/', mostBytes: 500 * MEGABYTE },
	{ type: 'video/', mostBytes: 500 * MEGABYTE },
	{ type: 'image/', mostBytes: 25 * MEGABYTE },
	{ type: 'text/plain', mostBytes: 25 * MEGABYTE },
	{ type: 'application/pdf', mostBytes: 100 * MEGABYTE },
	{ type: 'application/msword', mostBytes: Infinity },
	{ type: 'application/vnd.openxmlformats-officedocument.', mostBytes: Infinity },
];

/** A file's content type without parameters, in lower case: `audio/mpeg`. */
export function contentTypeOf({ mimeType }: Pick<UploadFile, 'mimeType'>): string {
	return (mimeType.split(';')[0] ?? '').trim().toLowerCase();
}

/**
 * Refuses what Scripe would refuse, before anything is sent.
 *
 * @throws NodeOperationError for a content type that is not taken, an empty file, or one too large
 */
export function checkFile(context: IExecuteFunctions, itemIndex: number, file: UploadFile): void {
	const contentType = contentTypeOf(file);
	const kind = KINDS.find(({ type }) => contentType.startsWith(type));
	if (!kind) {
		throw inputError(
			context.getNode(),
			`Scripe does not take files of the type "${contentType}": "${file.name}"`,
			{
				description:
					'It takes audio, video, images, PDF, Word and other Office documents, and plain text. The type is the one that the item gives for the file.',
				itemIndex,
			},
		);
	}
	checkSize(context, itemIndex, file, { provider: scripe.name, mostBytes: kind.mostBytes });
}
