import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { inputError } from '../shared/core/errors';
import { safeText } from '../shared/core/safeText';
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
	const given = context.getNodeParameter('transcript', itemIndex) as unknown;
	return flawsTold(context, itemIndex, () => checkedTranscript(given));
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
