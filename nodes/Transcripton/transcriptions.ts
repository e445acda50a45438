import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { inputError } from '../shared/core/errors';
import { checkedId } from '../shared/fields/checkedId';
import { idField, idOf } from '../shared/fields/idField';
import { objectOf, textOf } from '../shared/core/wireValues';
import { getJob } from './api';
import type { WireJob } from './api';
import { jobId, transcriptionId } from './ids';
import { waitIfAsked } from './waiting';

const idTypeField: INodeProperties = {
	displayName: 'Find By',
	name: 'idType',
	type: 'options',
	options: [
		{
			name: 'Job',
			value: 'jobId',
			description: 'The transcription of a job, which is looked up first',
		},
		{
			name: 'Transcription ID',
			value: 'transcriptionId',
			description: "The transcription's own ID, as it stands in the job",
		},
	],
	default: 'jobId',
	description: 'How the transcription is named',
};

const transcriptionIdField: INodeProperties = {
	displayName: 'Transcription ID',
	name: 'transcriptionId',
	type: 'string',
	displayOptions: { show: { idType: ['transcriptionId'] } },
	default: '',
	required: true,
	placeholder: `e.g. ${transcriptionId.example}`,
	description: 'The ID in the field "transcription" of the job',
};

/** The fields that name a transcription: by its job, or by its own id. */
export const transcriptionFields: INodeProperties[] = [
	idTypeField,
	{ ...idField(jobId), displayOptions: { show: { idType: ['jobId'] } } },
	transcriptionIdField,
];

/**
 * The id of the item's transcription; a job's is looked up.
 *
 * @throws NodeOperationError for what is no id, and for a job that has no transcription yet
 */
export async function transcriptionIdOf(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<string> {
	if (context.getNodeParameter('idType', itemIndex, 'jobId') === 'transcriptionId') {
		const value = context.getNodeParameter('transcriptionId', itemIndex, '');
		return checkedId(context, itemIndex, value, transcriptionId);
	}
	const id = idOf(context, itemIndex, jobId);
	const ended = await waitIfAsked(context, itemIndex, id);
	return transcriptionIn(context, itemIndex, ended ?? (await getJob(context, itemIndex, id)));
}

function transcriptionIn(
	context: IExecuteFunctions,
	itemIndex: number,
	{ status, transcription }: WireJob,
): string {
	const found = textOf(objectOf(transcription).id);
	if (found !== null) return found;
	throw inputError(context.getNode(), `The job has no transcription: it is ${String(status)}`, {
		description:
			'Turn on Wait Until Ready in the options to wait for it. A job that failed never gets one.',
		itemIndex,
	});
}
