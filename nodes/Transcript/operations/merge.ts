import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { inputError } from '../../shared/core/errors';
import type { Operation } from '../../shared/operation/operation';
import { transcriptItem } from '../../shared/operation/outputItems';
import { numberFrom } from '../numberInput';
import { mergedParts, offsetsByDurations } from '../parts';
import { transcriptOfPieces } from '../piecesBack';
import { piecesFrom } from '../piecesInput';
import { transcriptField, transcriptFrom } from '../transcriptInput';

const offsetsField: INodeProperties = {
	displayName: 'Parts Begin',
	name: 'offsets',
	type: 'options',
	options: [
		{
			name: 'Where the One Before Ends',
			value: 'durations',
			description: 'By how long the parts are, in the order of the items',
		},
		{ name: 'At Given Times', value: 'given', description: 'At a time that you enter for each' },
	],
	default: 'durations',
	description: 'When the parts begin within the recording',
};

const offsetField: INodeProperties = {
	displayName: 'Begins at Second',
	name: 'offsetSeconds',
	type: 'number',
	typeOptions: { minValue: 0, numberPrecision: 3 },
	default: 0,
	placeholder: 'e.g. {{ $json.offset }}',
	displayOptions: { show: { offsets: ['given'] } },
	description:
		'When the part of each item begins, in seconds from the start of the recording; an expression gives another time for each',
};

const sameSpeakersField: INodeProperties = {
	displayName: 'Same Speakers',
	name: 'sameSpeakers',
	type: 'boolean',
	default: false,
	description:
		'Whether a name stands for the same person in every part. Off, A of the first part is called A (part 1): a provider that hears only one part labels its speakers from the start.',
};

/** Joins the parts of a recording, or the pieces of a transcript that Split made. */
export const merge: Operation = {
	value: 'merge',
	name: 'Merge',
	action: 'Merge transcripts',
	description: 'Join the parts of a recording, or the pieces that Split made, to one transcript',
	fields: [transcriptField, offsetsField, offsetField, sameSpeakersField],
	async runAll(context) {
		const pieces = piecesFrom(context);
		if (!pieces) return [mergedItem(context)];
		return pieces.map((ofOne) => ({
			...transcriptItem(transcriptOfPieces(ofOne.map(({ piece }) => piece))),
			pairedItem: ofOne.map(({ item }) => ({ item })),
		}));
	},
};

function mergedItem(context: IExecuteFunctions): INodeExecutionData {
	const transcripts = context.getInputData().map((_, index) => transcriptFrom(context, index));
	const isGiven = context.getNodeParameter('offsets', 0) === 'given';
	const sameSpeakers = context.getNodeParameter('sameSpeakers', 0) === true;
	const offsets = isGiven
		? transcripts.map((_, index) => numberFrom(context, index, 'offsetSeconds', 'Begins at Second'))
		: knownOffsets(context, offsetsByDurations(transcripts));
	const parts = transcripts.map((transcript, index) => ({ transcript, offset: offsets[index]! }));
	parts.sort((one, other) => one.offset - other.offset);
	return transcriptItem(mergedParts(parts, sameSpeakers));
}

function knownOffsets(
	context: IExecuteFunctions,
	found: ReturnType<typeof offsetsByDurations>,
): number[] {
	if ('offsets' in found) return found.offsets;
	throw inputError(context.getNode(), 'It is not known how long this part is', {
		description:
			'The transcript has no durationSeconds, so nobody knows when the next part begins. Set Parts Begin to At Given Times, and enter for each part when it begins. Or add durationSeconds with an Edit Fields node.',
		itemIndex: found.withoutDuration,
	});
}
