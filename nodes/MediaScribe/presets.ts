import type { IExecuteFunctions } from 'n8n-workflow';

import { inputError } from '../shared/core/errors';
import * as api from './api';
import type { WireStatus } from './api';
import { presetsOf } from './status';
import type { Preset } from './status';

/**
 * The preset with an id.
 *
 * @param status the appliance's status, read just before
 * @throws NodeOperationError where the appliance has no such preset
 */
export function presetIn(
	context: IExecuteFunctions,
	itemIndex: number,
	status: WireStatus,
	presetId: string,
): Preset {
	const presets = presetsOf(status);
	const preset = presets.find(({ id }) => id.toLowerCase() === presetId.toLowerCase());
	if (preset) return preset;
	const listed = presets.map(({ id, name }) => (name ? `${name} (${id})` : id)).join(', ');
	throw inputError(context.getNode(), `The appliance has no preset with the ID ${presetId}`, {
		description: listed
			? `It has these: ${listed}. Choose one from the list.`
			: 'It has none: make one on the appliance first.',
		itemIndex,
	});
}

/**
 * Makes a preset the active one, unless it is.
 *
 * @returns whether that changed anything
 * @throws NodeApiError with HTTP status 409 while the appliance records
 */
export async function activatePreset(
	context: IExecuteFunctions,
	itemIndex: number,
	{ id, active }: Preset,
): Promise<boolean> {
	if (active) return false;
	await api.activatePreset(context, itemIndex, id);
	return true;
}
