import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { DO_NOT_WAIT, UNTIL_FINISHED, waitField } from '../../shared/wait/waitField';

/** The choice to park the execution. */
export const UNTIL_CALLED_BACK: INodePropertyOptions = {
	name: 'Until Called Back',
	value: 'webhook',
	description:
		'Use no memory until Scriptivox calls n8n. One item an execution; n8n must be reachable from the internet.',
};

/** Whether to go on at once, with the transcript, or parked until it is there. */
export const waitOrCallbackField: INodeProperties = {
	...waitField,
	options: [DO_NOT_WAIT, UNTIL_CALLED_BACK, UNTIL_FINISHED],
};
