import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { inputError } from '../shared/core/errors';
import { requestOptions } from '../shared/fields/optionFields';
import { booleanOption, optionsOf } from '../shared/core/settings';
import type { ControlPath } from './api';

const CONTROL_PATHS: ControlPath[] = ['status', 'recording'];

const failIfUnchangedOption: INodeProperties = {
	displayName: 'Fail If Unchanged',
	name: 'failIfUnchanged',
	type: 'boolean',
	default: false,
	description: 'Whether the item fails when there is nothing to do',
};

const controlPathOption: INodeProperties = {
	displayName: 'Control Path',
	name: 'controlPath',
	type: 'options',
	options: [
		{
			name: 'Documented',
			value: 'status',
			description:
				"/api/control/status, as in the vendor's article; the newer one where that is missing",
		},
		{
			name: 'Newer',
			value: 'recording',
			description: "/api/control/recording, as in the vendor's own Companion module",
		},
	],
	default: 'status',
	description: 'Where the appliance is asked to start or stop',
};

/**
 * The options of Start and Stop.
 *
 * @param unchanged when there is nothing to do: `the appliance has stopped already`
 */
export function recordingOptions(unchanged: string): INodeProperties[] {
	return [
		{
			...failIfUnchangedOption,
			description: `Whether the item fails when ${unchanged}. Otherwise the output says so with "changed": false.`,
		},
		controlPathOption,
		...requestOptions,
	];
}

/** How to start or stop. */
export interface RecordingSettings {
	controlPath: ControlPath;
	/** Whether it is an error when the appliance is in that state already. */
	failIfUnchanged: boolean;
}

/**
 * The item's choices for Start and Stop.
 *
 * @throws NodeOperationError for a path that does not exist
 */
export function recordingSettings(
	context: IExecuteFunctions,
	itemIndex: number,
): RecordingSettings {
	const chosen = optionsOf(context, itemIndex).controlPath ?? 'status';
	const controlPath = CONTROL_PATHS.find((path) => path === chosen);
	if (!controlPath) {
		throw inputError(context.getNode(), `There is no control path "${String(chosen)}"`, {
			description: `Choose one of ${CONTROL_PATHS.join(', ')}.`,
			itemIndex,
		});
	}
	const failIfUnchanged = booleanOption(context, itemIndex, 'failIfUnchanged', 'Fail If Unchanged');
	return { controlPath, failIfUnchanged: failIfUnchanged ?? false };
}
