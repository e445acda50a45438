import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { inputError } from '../../shared/core/errors';
import type { Operation } from '../../shared/operation/operation';
import { numberFrom } from '../numberInput';
import { piecesOfTranscript } from '../pieces';
import type { PieceLimits } from '../pieces';
import { transcriptField, transcriptFrom } from '../transcriptInput';

const maxCharactersField: INodeProperties = {
	displayName: 'Max Characters',
	name: 'maxCharacters',
	type: 'number',
	typeOptions: { minValue: 0, numberPrecision: 0 },
	default: 4000,
	description: 'The most characters that a piece may have; 0 for no limit',
};

const maxMinutesField: INodeProperties = {
	displayName: 'Max Minutes',
	name: 'maxMinutes',
	type: 'number',
	typeOptions: { minValue: 0, numberPrecision: 2 },
	default: 0,
	description: 'The most minutes that a piece may last; 0 for no limit',
};

/** Cuts a transcript into pieces, an item each. */
export const split: Operation = {
	value: 'split',
	name: 'Split',
	action: 'Split a transcript into pieces',
	description: 'Cut a transcript between its sentences, for a language model or a search index',
	fields: [transcriptField, maxCharactersField, maxMinutesField],
	async run(context, itemIndex) {
		const limits = limitsFrom(context, itemIndex);
		const pieces = piecesOfTranscript(transcriptFrom(context, itemIndex), limits, itemIndex);
		return pieces.map((piece) => ({ json: piece as unknown as IDataObject }));
	},
};

function limitsFrom(context: IExecuteFunctions, itemIndex: number): PieceLimits {
	const characters = numberFrom(
		context,
		itemIndex,
		'maxCharacters',
		'Max Characters',
		'whole number',
	);
	const minutes = numberFrom(context, itemIndex, 'maxMinutes', 'Max Minutes');
	if (characters === 0 && minutes === 0) {
		throw inputError(context.getNode(), 'Max Characters and Max Minutes are both 0', {
			description: 'Say in one of them how large a piece may be.',
			itemIndex,
		});
	}
	return { characters: characters || Infinity, seconds: minutes * 60 || Infinity };
}
