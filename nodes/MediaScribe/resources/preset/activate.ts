import { idField, idOf } from '../../../shared/fields/idField';
import type { Operation } from '../../../shared/operation/operation';
import { optionsField, requestOptions } from '../../../shared/fields/optionFields';
import { getStatus } from '../../api';
import { presetId } from '../../ids';
import { activatePreset, presetIn } from '../../presets';

/** Makes a preset the active one. */
export const activate: Operation = {
	value: 'activate',
	name: 'Activate',
	action: 'Activate a preset',
	description: 'Make a preset the active one. The appliance refuses that while it records.',
	fields: [idField(presetId), optionsField(requestOptions)],
	async run(context, itemIndex) {
		const wantedPreset = idOf(context, itemIndex, presetId);
		const status = await getStatus(context, itemIndex);
		const preset = presetIn(context, itemIndex, status, wantedPreset);
		const changed = await activatePreset(context, itemIndex, preset);
		return [{ json: { changed, activePresetId: preset.id, activePresetName: preset.name } }];
	},
};
