import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { idField, idOf } from '../../../shared/fields/idField';
import type { Operation } from '../../../shared/operation/operation';
import { optionsField } from '../../../shared/fields/optionFields';
import { getStatus } from '../../api';
import { presetId } from '../../ids';
import { activatePreset, presetIn } from '../../presets';
import { recordingOptions, recordingSettings } from '../../recordingOptions';
import { statusOf } from '../../status';
import { isThere, switchRecording, unchanged } from '../../switching';

const presetField: INodeProperties = {
	...idField(presetId),
	required: false,
	description: 'The preset to activate before the start. Leave empty to keep the active one.',
};

/** Starts to record and to caption. */
export const start: Operation = {
	value: 'start',
	name: 'Start',
	action: 'Start a recording',
	description: 'Start to record and caption, unless the appliance does so already',
	fields: [presetField, optionsField(recordingOptions('the appliance is recording already'))],
	async run(context, itemIndex) {
		const settings = recordingSettings(context, itemIndex);
		const wantedPreset = wantedPresetOf(context, itemIndex);
		const before = await getStatus(context, itemIndex);
		if (isThere(before, 'start')) {
			const { changed } = unchanged(context, itemIndex, 'start', before, settings);
			return [{ json: { changed, ...statusOf(before) } }];
		}
		if (wantedPreset) {
			const preset = presetIn(context, itemIndex, before, wantedPreset);
			await activatePreset(context, itemIndex, preset);
		}
		const { changed, status } = await switchRecording(context, itemIndex, 'start', settings);
		return [{ json: { changed, ...statusOf(status) } }];
	},
};

function wantedPresetOf(context: IExecuteFunctions, itemIndex: number): string | undefined {
	const value = context.getNodeParameter(presetId.name, itemIndex, '', { extractValue: true });
	return value ? idOf(context, itemIndex, presetId) : undefined;
}
