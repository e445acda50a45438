import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { inputError } from '../shared/core/errors';
import { inputBinaryField } from '../shared/fields/commonFields';
import { readContents } from '../shared/files/fileContents';
import { typeIdentity } from '../shared/files/fileIdentity';
import { checkSize, chosenFile } from '../shared/files/upload';
import type { UploadFile } from '../shared/files/upload';
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

/** The same in words. */
const TAKEN = 'audio, video, images, PDF, Word and other Office documents, and plain text';

/** The binary field with a file for Scripe, which takes more than recordings. */
export const fileField: INodeProperties = {
	...inputBinaryField,
	hint: 'The name of the input field containing the file',
	description: `The binary field of the item that holds the file. Scripe takes ${TAKEN}.`,
};

function kindOf(contentType: string): Kind | undefined {
	return KINDS.find(({ type }) => contentType.startsWith(type));
}

/**
 * An item's file as Scripe takes it, which goes by content types. Only where neither type nor name
 * say what it is, its first bytes are read.
 *
 * @throws NodeOperationError where the item has no such file, for a content type that is not taken,
 * an empty file, or one too large
 */
export async function fileToSend(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<UploadFile> {
	const { given, ...file } = await chosenFile(context, itemIndex);
	const takes = (type: string) => kindOf(type) !== undefined;
	const contentsOf = async () => (file.size > 0 ? await readContents(file) : undefined);
	const mimeType =
		typeIdentity(given, takes) ?? typeIdentity(given, takes, await contentsOf()) ?? file.mimeType;
	const sent = { ...file, mimeType };
	checkFile(context, itemIndex, sent);
	return sent;
}

function checkFile(context: IExecuteFunctions, itemIndex: number, file: UploadFile): void {
	const kind = kindOf(file.mimeType);
	if (!kind) {
		throw inputError(
			context.getNode(),
			`Scripe does not take files of the type "${file.mimeType}": "${file.name}"`,
			{
				description: `It takes ${TAKEN}. The type is the one that the item gives for the file, or that its name or its first bytes stand for.`,
				itemIndex,
			},
		);
	}
	checkSize(context, itemIndex, file, { provider: scripe.name, mostBytes: kind.mostBytes });
}
