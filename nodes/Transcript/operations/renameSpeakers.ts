import type { INodeProperties } from 'n8n-workflow';

import type { Operation } from '../../shared/operation/operation';
import { transcriptItem } from '../../shared/operation/outputItems';
import { namesFrom } from '../namesInput';
import { withNames } from '../speakerNames';
import { transcriptField, transcriptFrom } from '../transcriptInput';

const namesFromField: INodeProperties = {
	displayName: 'Names From',
	name: 'namesFrom',
	type: 'options',
	options: [
		{ name: 'List', value: 'list', description: 'Enter them here' },
		{ name: 'Object', value: 'object', description: 'Take them from another node' },
	],
	default: 'list',
	description: 'Where the names come from',
};

const namesField: INodeProperties = {
	displayName: 'Names',
	name: 'names',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Name',
	default: {},
	displayOptions: { show: { namesFrom: ['list'] } },
	description: 'Who stands behind the labels. Two labels may have one name.',
	options: [
		{
			displayName: 'Name',
			name: 'values',
			values: [
				{
					displayName: 'Label',
					name: 'from',
					type: 'string',
					default: '',
					placeholder: 'e.g. SPEAKER_00',
					description: 'The speaker as the transcript names them',
				},
				{
					displayName: 'Name',
					name: 'to',
					type: 'string',
					default: '',
					placeholder: 'e.g. Ann',
					description: 'The name to put for it; none leaves the label',
				},
			],
		},
	],
};

const objectField: INodeProperties = {
	displayName: 'Names',
	name: 'namesObject',
	type: 'json',
	default: '',
	placeholder: 'e.g. { "SPEAKER_00": "Ann", "SPEAKER_01": "Ben" }',
	displayOptions: { show: { namesFrom: ['object'] } },
	description: 'An object with the labels as its keys, or a list of objects with from and to',
};

/** Puts names for the labels of speakers. */
export const renameSpeakers: Operation = {
	value: 'renameSpeakers',
	name: 'Rename Speakers',
	action: 'Rename speakers of a transcript',
	description: 'Put names for the labels of speakers, such as Ann for SPEAKER_00',
	fields: [transcriptField, namesFromField, namesField, objectField],
	async run(context, itemIndex) {
		const names = namesFrom(context, itemIndex);
		const { transcript, labelsNotFound, labelsWithoutName } = withNames(
			transcriptFrom(context, itemIndex),
			names,
		);
		return [transcriptItem(transcript, { labelsNotFound, labelsWithoutName })];
	},
};
