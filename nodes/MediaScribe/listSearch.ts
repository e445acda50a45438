import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { getStatus } from './api';
import { presetsOf } from './status';

/** The appliance's presets for the picker, the active one marked. */
export async function searchPresets(this: ILoadOptionsFunctions): Promise<INodeListSearchResult> {
	const presets = presetsOf(await getStatus(this));
	return {
		results: presets.map(({ id, name, active }) => ({
			name: `${name ?? id}${active ? ' · active' : ''}`,
			value: id,
		})),
	};
}
