import { booleanOf, numberOf, objectOf, objectsOf, textOf } from '../shared/core/wireValues';
import type { WireStatus } from './api';

/** What an appliance does; while it records, a lost signal is in `hasNoSignal` alone. */
export type State = 'ready' | 'recording' | 'noSignal';

/** The recording under way. */
export interface Recording {
	/** Seconds from its start. */
	positionSeconds: number | null;
	/** The file on the appliance, a Windows path. */
	path: string | null;
}

/** An appliance's status in the pack's own words; what it does not say is null. */
export interface Status extends Recording {
	provider: 'mediaScribe';
	state: State;
	hasNoSignal: boolean | null;
	inputError: string | null;
	siteName: string | null;
	activePresetId: string | null;
	activePresetName: string | null;
}

/** A preset of the appliance. */
export interface Preset {
	id: string;
	name: string | null;
	active: boolean;
}

/** The recording under way; null while the appliance is idle. */
export function recordingOf({ recording }: WireStatus): Recording | null {
	// a list in its place is how some services write that there is none
	if (typeof recording !== 'object' || recording === null || Array.isArray(recording)) return null;
	const { position, path } = objectOf(recording);
	return { positionSeconds: numberOf(position), path: textOf(path) };
}

/** Whether the input is lost; null where the appliance does not say. */
export function hasNoSignalIn({ hasNoSignal }: WireStatus): boolean | null {
	return booleanOf(hasNoSignal);
}

/** The presets in the appliance's order. */
export function presetsOf({ presets, activePresetId }: WireStatus): Preset[] {
	return objectsOf(presets).flatMap(({ id, name }) => {
		const known = textOf(id);
		return known === null
			? []
			: [{ id: known, name: textOf(name), active: known === textOf(activePresetId) }];
	});
}

/** The appliance's status in the pack's own words. */
export function statusOf(wire: WireStatus): Status {
	const recording = recordingOf(wire);
	const hasNoSignal = hasNoSignalIn(wire);
	return {
		provider: 'mediaScribe',
		state: recording ? 'recording' : hasNoSignal ? 'noSignal' : 'ready',
		positionSeconds: recording?.positionSeconds ?? null,
		path: recording?.path ?? null,
		hasNoSignal,
		inputError: textOf(wire.inputError),
		siteName: textOf(wire.siteName),
		activePresetId: textOf(wire.activePresetId),
		activePresetName: presetsOf(wire).find(({ active }) => active)?.name ?? null,
	};
}
