import type { Resource } from '../../shared/operation/operation';
import { deleteOperation } from './job/delete';
import { exportOperation } from './job/export';
import { get } from './job/get';
import { getMany } from './job/getMany';
import { polish } from './job/polish';
import { summarize } from './job/summarize';
import { transcribe } from './job/transcribe';
import { wait } from './job/wait';
import { create } from './translation/create';
import { getMany as getManyTranslations } from './translation/getMany';
import { getDeliveries } from './webhook/getDeliveries';

/** What the Transcripton node can do; the first of each is what a new node shows. */
export const resources: Resource[] = [
	{
		value: 'job',
		name: 'Job',
		operations: [
			transcribe,
			get,
			getMany,
			wait,
			exportOperation,
			polish,
			summarize,
			deleteOperation,
		],
	},
	{ value: 'translation', name: 'Translation', operations: [create, getManyTranslations] },
	{ value: 'webhook', name: 'Webhook', operations: [getDeliveries] },
];
