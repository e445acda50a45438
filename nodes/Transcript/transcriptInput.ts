import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { inputError } from '../shared/core/errors';
import { safeText } from '../shared/core/safeText';
import { objectOf } from '../shared/core/wireValues';
import type { Transcript } from '../shared/transcript/transcript';
import { FlawedTranscript, checkedTranscript } from './checkedTranscript';

/** The transcript that an operation works on. */
export const transcriptField: INodeProperties = {
	displayName: 'Transcript',
	name: 'transcript',
	type: 'json',
	default: '={{ $json }}',
	required: true,
	description:
		'The transcript to work on, as a transcription node gives it with Simplify on. As it is, the whole item.',
};

/**
 * The item's transcript, checked.
 *
 * @throws NodeOperationError where there is none, saying what is missing and what to do
 */
export function transcriptFrom(context: IExecuteFunctions, itemIndex: number): Transcript {
	const given = givenTranscript(context, itemIndex);
	return flawsTold(context, itemIndex, () => checkedTranscript(given));
}

/** The item, or a field within it, as the expression of n8n's drag and drop names it. */
const OF_ITEM = /^=\s*\{\{\s*\$json((?:\.[A-Za-z_$][\w$]*)*)\s*\}\}\s*$/;

/**
 * What the field Transcript stands for. The item itself is taken past n8n's expressions: they copy what
 * they give, and n8n 2.41 ends one that copies two hours of talk with "Expression timed out".
 */
export function givenTranscript(context: IExecuteFunctions, itemIndex: number): unknown {
	const written = context.getNode().parameters.transcript ?? transcriptField.default;
	const path = typeof written === 'string' ? OF_ITEM.exec(written)?.[1] : undefined;
	if (path === undefined) return context.getNodeParameter('transcript', itemIndex);
	const names = path.split('.').filter(Boolean);
	return names.reduce<unknown>(
		(value, name) => objectOf(value)[name],
		context.getInputData()[itemIndex]?.json,
	);
}

/**
 * Does something with what a user gave, and tells what is the matter with that in the node's panel.
 *
 * @throws NodeOperationError in place of a FlawedTranscript
 */
export function flawsTold<Result>(
	context: IExecuteFunctions,
	itemIndex: number,
	work: () => Result,
): Result {
	try {
		return work();
	} catch (error) {
		throw asInputError(context, itemIndex, error);
	}
}

function asInputError(context: IExecuteFunctions, itemIndex: number, error: unknown): unknown {
	if (!(error instanceof FlawedTranscript)) return error;
	return inputError(context.getNode(), safeText(error.message), {
		description: safeText(error.advice),
		itemIndex,
	});
}
