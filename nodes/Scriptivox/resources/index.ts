import type { Resource } from '../../shared/operation/operation';
import { getBalance } from './account/getBalance';
import { upload } from './file/upload';
import { cancel } from './transcription/cancel';
import { deleteOperation } from './transcription/delete';
import { exportOperation } from './transcription/export';
import { get } from './transcription/get';
import { getMany } from './transcription/getMany';
import { transcribe } from './transcription/transcribe';
import { wait } from './transcription/wait';

/** What the Scriptivox node can do; the first of each is what a new node shows. */
export const resources: Resource[] = [
	{
		value: 'transcription',
		name: 'Transcription',
		operations: [transcribe, get, getMany, wait, exportOperation, cancel, deleteOperation],
	},
	{ value: 'file', name: 'File', operations: [upload] },
	{ value: 'account', name: 'Account', operations: [getBalance] },
];
