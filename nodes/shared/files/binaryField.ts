import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';

import { inputError } from '../core/errors';
import { safeText } from '../core/safeText';
import { objectOf } from '../core/wireValues';

/** How deep files lie in an item's data, where the workflow keeps them there. */
const DEEPEST = 3;

/**
 * The binary in a field of the item.
 *
 * @param field the field's name, or the binary itself where an expression gave that
 * @throws NodeOperationError where there is none, naming the fields that hold one
 */
export function binaryIn(
	context: IExecuteFunctions,
	itemIndex: number,
	field: unknown,
): IBinaryData {
	if (!field) {
		throw inputError(context.getNode(), 'Input Binary Field is empty', {
			description: 'Enter the name of the field that holds the file, such as data.',
			itemIndex,
		});
	}
	const binary = foundIn(context, itemIndex, field);
	if (!binary) throw missingField(context, itemIndex, field);
	return binary;
}

function foundIn(context: IExecuteFunctions, itemIndex: number, field: unknown) {
	try {
		return context.helpers.assertBinaryData(itemIndex, field as string) as IBinaryData | null;
	} catch {
		return null;
	}
}

function missingField(context: IExecuteFunctions, itemIndex: number, field: unknown) {
	const fields = fieldsWithFiles(context, itemIndex);
	const name = typeof field === 'string' ? safeText(field) : typeof field;
	return inputError(
		context.getNode(),
		fields.length > 0
			? `The item has no file in the field "${name}"`
			: `The item holds no file, so none in the field "${name}"`,
		{
			description:
				fields.length > 0
					? `It has files in these fields: ${safeText(fields.join(', '))}. Enter one of them as Input Binary Field.`
					: 'Check the node before: it has to give a binary file. A node in between may have dropped it.',
			itemIndex,
		},
	);
}

/** The fields of an item that hold a file, wherever the workflow keeps them. */
function fieldsWithFiles(context: IExecuteFunctions, itemIndex: number): string[] {
	const { binary = {}, json = {} } = context.getInputData()[itemIndex] ?? {};
	return [...Object.keys(binary), ...pathsOfFiles(json, DEEPEST)];
}

function pathsOfFiles(value: unknown, depth: number): string[] {
	return Object.entries(objectOf(value)).flatMap(([name, within]) => {
		if (isFile(within)) return [name];
		return depth > 1 ? pathsOfFiles(within, depth - 1).map((path) => `${name}.${path}`) : [];
	});
}

function isFile(value: unknown): boolean {
	const { mimeType, data } = objectOf(value);
	return typeof mimeType === 'string' && typeof data === 'string';
}
