import { NodeOperationError } from 'n8n-workflow';
import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';

import { binaryIn } from './binaryField';
import { inputError } from '../core/errors';
import { readContents } from './fileContents';
import { essenceOf, recordingIdentity } from './fileIdentity';
import type { GivenFile } from './fileIdentity';
import { extensionOf, plainName } from './fileName';
import { safeText } from '../core/safeText';

const CHUNK_BYTES = 256 * 1024;

/** What n8n can send as a body: a stream from its storage, or bytes that were in memory anyway. */
export type BinaryBody =
	| Awaited<ReturnType<IExecuteFunctions['helpers']['getBinaryStream']>>
	| Buffer;

/** An item's binary, to be sent without holding it in memory. */
export interface UploadFile {
	name: string;
	mimeType: string;
	/** Size in bytes. */
	size: number;
	/** Opens it from the start, as often as it has to be sent. */
	open(): Promise<BinaryBody>;
	/** What n8n's storage said while it was read, in words for the node's panel. */
	unreadable(cause: Error): Error;
}

/** A file as the item has it, with what n8n says of it. */
export interface ItemFile extends UploadFile {
	given: GivenFile;
}

/**
 * An item's binary as a file to upload, under its own name and type.
 *
 * @throws NodeOperationError where the item has no such binary, or its size cannot be told
 */
export async function uploadFileOf(
	context: IExecuteFunctions,
	itemIndex: number,
	binaryPropertyName: unknown,
): Promise<ItemFile> {
	const binary = binaryIn(context, itemIndex, binaryPropertyName);
	const given = givenOf(binary);
	const name = nameOf(given);
	return {
		given,
		name,
		mimeType: essenceOf(given.mimeType),
		...(binary.id
			? await fileInStorage(context, itemIndex, name, binary.id)
			: fileInMemory(context, itemIndex, name, binary)),
	};
}

// a Code node may have written anything
function givenOf({ fileName, fileExtension, mimeType }: IBinaryData): GivenFile {
	const textOf = (value: unknown) => (value === undefined || value === null ? '' : String(value));
	return {
		fileName: textOf(fileName),
		fileExtension: textOf(fileExtension),
		mimeType: textOf(mimeType),
	};
}

function nameOf({ fileName = '', fileExtension }: GivenFile): string {
	const extension = fileExtension ? `.${fileExtension}` : '';
	return plainName(fileName) || `file${extension}`;
}

/**
 * The file in the binary field that the item names.
 *
 * @throws as `uploadFileOf`
 */
export async function chosenFile(context: IExecuteFunctions, itemIndex: number): Promise<ItemFile> {
	const field = context.getNodeParameter('binaryPropertyName', itemIndex);
	return await uploadFileOf(context, itemIndex, field);
}

/**
 * An item's recording as a provider takes it: under a name and a type that it knows. Only where
 * neither name nor type say what it is, its first bytes are read.
 *
 * @throws NodeOperationError where the item has no such file, or one that the provider would refuse
 */
export async function recordingToSend(
	context: IExecuteFunctions,
	itemIndex: number,
	rules: FileRules,
): Promise<UploadFile> {
	const file = await chosenFile(context, itemIndex);
	const { given, size, open, unreadable } = file;
	const said = recordingIdentity(given, rules.extensions);
	const contents = said.isKnown || size === 0 ? undefined : await contentsIn(file);
	const identity = contents ? recordingIdentity(given, rules.extensions, contents) : said;
	const { name, mimeType } = identity;
	const extension = identity.isKnown ? identity.extension : (contents ?? identity.extension);
	checkFile(context, itemIndex, { name, size, extension }, rules);
	return { name, mimeType, size, open, unreadable };
}

async function contentsIn(file: UploadFile): Promise<string | undefined> {
	return await readContents(file).catch((cause: Error) => {
		throw file.unreadable(cause);
	});
}

async function fileInStorage(
	context: IExecuteFunctions,
	itemIndex: number,
	name: string,
	id: string,
) {
	const unreadable = (cause: Error) => unreadableFile(context, itemIndex, name, cause);
	const orExplained = async <Found>(found: Promise<Found>): Promise<Found> =>
		await found.catch((cause: Error) => {
			throw unreadable(cause);
		});
	const { fileSize } = await orExplained(context.helpers.getBinaryMetadata(id));
	return {
		size: fileSize,
		open: async () => await orExplained(context.helpers.getBinaryStream(id, CHUNK_BYTES)),
		unreadable,
	};
}

function unreadableFile(
	context: IExecuteFunctions,
	itemIndex: number,
	name: string,
	cause: Error,
): Error {
	if (cause instanceof NodeOperationError) return cause;
	const { message } = cause;
	return inputError(context.getNode(), `n8n cannot read the file "${name}" from its storage`, {
		description: `It says: ${safeText(message)}. The file may have been removed with its execution: read it again, then run the node again.`,
		itemIndex,
	});
}

function fileInMemory(
	context: IExecuteFunctions,
	itemIndex: number,
	name: string,
	{ data }: IBinaryData,
) {
	if (typeof data !== 'string') {
		throw inputError(context.getNode(), `The file "${name}" has no contents`, {
			description:
				'The node before made it in a way that n8n does not know. In a Code node, make it with this.helpers.prepareBinaryData.',
			itemIndex,
		});
	}
	const bytes = Buffer.from(data, 'base64');
	return {
		size: bytes.length,
		open: async () => bytes,
		unreadable: (cause: Error) => unreadableFile(context, itemIndex, name, cause),
	};
}

/** What a provider takes. */
export interface FileRules {
	provider: string;
	/** Lower case, without a dot. */
	extensions: readonly string[];
	/** Largest size in bytes. */
	mostBytes: number;
}

/**
 * Refuses what the provider would refuse, before anything is sent.
 *
 * @throws NodeOperationError for an extension that is not taken, an empty file, or one too large
 */
export function checkFile(
	context: IExecuteFunctions,
	itemIndex: number,
	file: Pick<UploadFile, 'name' | 'size'> & { extension?: string },
	{ provider, extensions, mostBytes }: FileRules,
): void {
	const { name, extension = extensionOf(name) } = file;
	if (!extensions.includes(extension)) {
		throw inputError(
			context.getNode(),
			extension
				? `${provider} does not take .${extension} files: "${name}"`
				: `The file "${name}" has no extension, which ${provider} needs`,
			{
				description: `It takes these kinds of file: ${extensions.join(', ')}. Convert the file, or give it its extension in the node that reads it.`,
				itemIndex,
			},
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
			description: 'Check the node that reads it: it gave no bytes.',
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
