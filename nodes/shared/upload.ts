import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';

import { inputError } from './errors';
import { safeText } from './safeText';

const CHUNK_BYTES = 256 * 1024;
const SLOWEST_BYTES_PER_SECOND = 128 * 1024;
const LEAST_TIMEOUT_SECONDS = 300;

/** What n8n can send as a body: a stream from its storage, or bytes that were in memory anyway. */
export type BinaryBody =
	Awaited<ReturnType<IExecuteFunctions['helpers']['getBinaryStream']>> | Buffer;

/** An item's binary, to be sent without holding it in memory. */
export interface UploadFile {
	name: string;
	mimeType: string;
	/** Size in bytes. */
	size: number;
	/** Opens it from the start, as often as it has to be sent. */
	open(): Promise<BinaryBody>;
}

/**
 * An item's binary as a file to upload.
 *
 * @throws NodeOperationError where the item has no such binary, or its size cannot be told
 */
export async function uploadFileOf(
	context: IExecuteFunctions,
	itemIndex: number,
	binaryPropertyName: string,
): Promise<UploadFile> {
	if (!binaryPropertyName) {
		throw inputError(context.getNode(), 'Input Binary Field is empty', {
			description: 'Enter the name of the field that holds the recording, such as data.',
			itemIndex,
		});
	}
	const binary = context.helpers.assertBinaryData(itemIndex, binaryPropertyName);
	const name = fileNameOf(binary);
	return {
		name,
		mimeType: binary.mimeType,
		...(binary.id ? await storedFile(context, itemIndex, name, binary.id) : fileInMemory(binary)),
	};
}

function fileNameOf({ fileName, fileExtension }: IBinaryData): string {
	if (fileName) return fileName;
	return fileExtension ? `recording.${fileExtension}` : 'recording';
}

async function storedFile(context: IExecuteFunctions, itemIndex: number, name: string, id: string) {
	const orExplained = async <Found>(found: Promise<Found>): Promise<Found> =>
		await found.catch((cause: Error) => {
			throw unreadableFile(context, itemIndex, name, cause);
		});
	const { fileSize } = await orExplained(context.helpers.getBinaryMetadata(id));
	return {
		size: fileSize,
		open: async () => await orExplained(context.helpers.getBinaryStream(id, CHUNK_BYTES)),
	};
}

function unreadableFile(
	context: IExecuteFunctions,
	itemIndex: number,
	name: string,
	{ message }: Error,
) {
	return inputError(context.getNode(), `n8n cannot read the file "${name}" from its storage`, {
		description: `It says: ${safeText(message)}. The file may have been removed with its execution: read it anew, then run the node again.`,
		itemIndex,
	});
}

function fileInMemory({ data }: IBinaryData) {
	const bytes = Buffer.from(data, 'base64');
	return { size: bytes.length, open: async () => bytes };
}

/** What a provider takes. */
export interface FileRules {
	provider: string;
	/** Lower case, without a dot. */
	extensions: readonly string[];
	/** Largest size in bytes. */
	mostBytes: number;
}

/** A file name's extension in lower case, without the dot; empty where it has none. */
export function extensionOf(fileName: string): string {
	return /\.([^./\\]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? '';
}

/**
 * Refuses what the provider would refuse, before anything is sent.
 *
 * @throws NodeOperationError for an extension that is not taken, an empty file, or one too large
 */
export function checkFile(
	context: IExecuteFunctions,
	itemIndex: number,
	file: Pick<UploadFile, 'name' | 'size'>,
	{ provider, extensions, mostBytes }: FileRules,
): void {
	const { name } = file;
	const extension = extensionOf(name);
	if (!extensions.includes(extension)) {
		throw inputError(
			context.getNode(),
			extension
				? `${provider} does not take .${extension} files: "${name}"`
				: `The file "${name}" has no extension, which ${provider} needs`,
			{ description: `It takes these kinds of file: ${extensions.join(', ')}.`, itemIndex },
		);
	}
	checkSize(context, itemIndex, file, { provider, mostBytes });
}

/**
 * Refuses a file that a provider would refuse for its size, before anything is sent.
 *
 * @throws NodeOperationError for an empty file, or one too large
 */
export function checkSize(
	context: IExecuteFunctions,
	itemIndex: number,
	{ name, size }: Pick<UploadFile, 'name' | 'size'>,
	{ provider, mostBytes }: Omit<FileRules, 'extensions'>,
): void {
	const node = context.getNode();
	if (size === 0) {
		throw inputError(node, `The file "${name}" is empty`, {
			description: 'Check the node that reads it: a recording has at least one byte.',
			itemIndex,
		});
	}
	if (size > mostBytes) {
		throw inputError(node, `The file "${name}" is larger than ${provider} takes`, {
			description: `It has ${size} bytes; the most is ${mostBytes}. Split or compress it.`,
			itemIndex,
		});
	}
}

/** Time limit in seconds for sending so many bytes over a slow line. */
export function uploadTimeoutSeconds(size: number): number {
	return Math.max(LEAST_TIMEOUT_SECONDS, Math.ceil(size / SLOWEST_BYTES_PER_SECOND));
}
