import type { Resource } from '../../shared/operation/operation';
import { activate } from './preset/activate';
import { getMany } from './preset/getMany';
import { getStatus } from './recording/getStatus';
import { start } from './recording/start';
import { stop } from './recording/stop';

/** What the MediaScribe node can do; the first of each is what a new node shows. */
export const resources: Resource[] = [
	{ value: 'recording', name: 'Recording', operations: [start, stop, getStatus] },
	{ value: 'preset', name: 'Preset', operations: [getMany, activate] },
];
