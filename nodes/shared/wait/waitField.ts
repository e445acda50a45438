import type { IExecuteFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

/** The choice to go on at once. */
export const DO_NOT_WAIT: INodePropertyOptions = {
	name: 'Do Not Wait',
	value: 'none',
	description: 'Go on once the job is started. Collect the transcript with a trigger or with Wait.',
};

/** The choice to go on with the transcript. */
export const UNTIL_FINISHED: INodePropertyOptions = {
	name: 'Until Finished',
	value: 'poll',
	description: 'Go on once the transcript is there',
};

/** Whether to go on at once or with the transcript. */
export const waitField: INodeProperties = {
	displayName: 'Wait',
	name: 'wait',
	type: 'options',
	options: [DO_NOT_WAIT, UNTIL_FINISHED],
	default: 'poll',
	description: 'Whether to go on at once or with the transcript',
};

/** Shows a field only where the item waits for its transcript. */
export const UNLESS_IT_GOES_ON = { hide: { wait: [DO_NOT_WAIT.value as string] } };

/** Whether the item wants to wait for its transcript. */
export function waits(context: IExecuteFunctions, itemIndex: number): boolean {
	return context.getNodeParameter('wait', itemIndex, 'poll') === 'poll';
}
