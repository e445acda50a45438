import type { IExecuteFunctions } from 'n8n-workflow';

import { mayBeTheFile } from '../core/errors';
import { readContents } from './fileContents';
import { essenceOf } from './fileIdentity';
import { kindNamed, recordingOfType } from './fileKinds';
import { extensionOf } from './fileName';
import { uploadFileOf } from './upload';
import type { ItemFile } from './upload';

/**
 * Adds to a provider's refusal that the file's name and contents disagree, where they do. Its first
 * bytes are read only then.
 *
 * @param error any error; only one that the file may be the reason of is changed
 * @param known what was found out while the file was at hand
 */
export async function explainFile(
	context: IExecuteFunctions,
	itemIndex: number,
	error: unknown,
	known?: string,
): Promise<void> {
	if (!mayBeTheFile(error)) return;
	const words = known ?? (await disagreementOf(context, itemIndex));
	if (words) error.description = [error.description, words].filter(Boolean).join(' ');
}

/**
 * Says that the name of the item's file and its first bytes disagree.
 *
 * @returns undefined where they do not, one of them says nothing, or there is no file to look at
 */
export async function disagreementOf(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<string | undefined> {
	const file = await fileAtHand(context, itemIndex).catch(() => undefined);
	const contents = file && (await readContents(file).catch(() => undefined));
	const said = file && extensionSaidBy(file);
	if (!contents || !said || kindNamed(contents)?.container === kindNamed(said)?.container) {
		return undefined;
	}
	return `The name or the type of the file says ${said}, its first bytes say ${contents}: name and contents disagree. Name it after what it is, or look at the node that made it.`;
}

async function fileAtHand(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<ItemFile | undefined> {
	const inputType = context.getNodeParameter('inputType', itemIndex, 'binaryFile');
	if (inputType !== 'binaryFile') return undefined;
	const field = context.getNodeParameter('binaryPropertyName', itemIndex, '');
	return await uploadFileOf(context, itemIndex, field);
}

/** The extension that a file's name, or else its type, stands for. */
function extensionSaidBy({ name, given }: ItemFile): string | undefined {
	const own = extensionOf(name);
	if (kindNamed(own)) return own;
	return recordingOfType(essenceOf(given.mimeType))?.names[0];
}
