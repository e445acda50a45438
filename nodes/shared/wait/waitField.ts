import type { IExecuteFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

const NONE: INodePropertyOptions = {
	name: 'Do Not Wait',
	value: 'none',
	description:
		'Go on as soon as the job is started; collect the transcript with a trigger or with Wait',
};

const POLL: INodePropertyOptions = {
	name: 'Until Finished',
	value: 'poll',
	description: 'Look at the job again and again until the transcript is there',
};

const CALLED_BACK: INodePropertyOptions = {
	name: 'Until Called Back',
	value: 'webhook',
	description:
		'Park the execution, out of memory, until the provider reports the end; one item an execution, and an n8n that is reached from the internet',
};

/** Whether to go on at once or with the transcript. */
export const waitField: INodeProperties = {
	displayName: 'Wait',
	name: 'wait',
	type: 'options',
	options: [NONE, POLL],
	default: 'poll',
	description: 'Whether to go on at once or with the transcript',
};

/** The same for a provider that calls back. */
export const waitOrCallbackField: INodeProperties = {
	...waitField,
	options: [NONE, CALLED_BACK, POLL],
};

/** Whether any of the items wants to park the execution until the provider has called back. */
export function waitsForCallback(context: IExecuteFunctions): boolean {
	return context
		.getInputData()
		.some((_, itemIndex) => context.getNodeParameter('wait', itemIndex, 'poll') === 'webhook');
}

/** Whether the item wants to wait for its transcript. */
export function waits(context: IExecuteFunctions, itemIndex: number): boolean {
	return context.getNodeParameter('wait', itemIndex, 'poll') === 'poll';
}
