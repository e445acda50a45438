import type { Resource } from '../../shared/operation/operation';
import { get as getAccount } from './account/get';
import { claim } from './job/claim';
import { deleteOperation } from './job/delete';
import { exportOperation } from './job/export';
import { get } from './job/get';
import { getAudioUrl } from './job/getAudioUrl';
import { getMany } from './job/getMany';
import { getTranscript } from './job/getTranscript';
import { transcribe } from './job/transcribe';
import { wait } from './job/wait';

/** What the Whipscribe node can do; the first of each is what a new node shows. */
export const resources: Resource[] = [
	{
		value: 'job',
		name: 'Job',
		operations: [
			transcribe,
			get,
			getMany,
			wait,
			getTranscript,
			exportOperation,
			getAudioUrl,
			claim,
			deleteOperation,
		],
	},
	{ value: 'account', name: 'Account', operations: [getAccount] },
];
