import { FaultQueue } from '../shared/faults';
import { RequestCounts } from '../shared/requestCounts';
import { withSettings, type PartialSettings } from '../shared/settings';
import { ENDPOINTS } from './endpoints';
import { Refusal } from './errors';
import { DEFAULT_SETTINGS, type MediaScribeSettings } from './settings';

interface Recording {
	/** Unix milliseconds. */
	startedAt: number;
	path: string;
}

/** The one appliance: what it records, what was asked of it, and what goes wrong. */
export class Appliance {
	settings: MediaScribeSettings;

	activePresetId: string;

	readonly counts = new RequestCounts();

	readonly faults = new FaultQueue(Object.values(ENDPOINTS));

	/** Requests with a token in their address. */
	tokensSeenInUrls = 0;

	private readonly firstSettings: MediaScribeSettings;

	private recording: Recording | null = null;

	/** What the status shows until `changesAt`. */
	private shown: Recording | null = null;

	/** Unix milliseconds. */
	private changesAt = 0;

	private readonly done = { started: 0, stopped: 0 };

	/** @param changes what differs from the default settings, for the appliance's whole life */
	constructor(changes: PartialSettings<MediaScribeSettings>) {
		this.firstSettings = withSettings(DEFAULT_SETTINGS, changes);
		this.settings = this.firstSettings;
		this.activePresetId = this.settings.activePresetId;
	}

	/** Changes settings. Throws an Error on an unknown one. */
	configure(changes: PartialSettings<MediaScribeSettings>): void {
		this.settings = withSettings(this.settings, changes);
		if (changes.activePresetId !== undefined) this.activePresetId = changes.activePresetId;
	}

	/** Begins to record. Throws a Refusal (409) while it does. */
	start(): void {
		if (this.recording) throw new Refusal(409, 'Already recording');
		this.done.started += 1;
		const path = `${this.settings.folder}\\recording-${this.done.started}.mp4`;
		this.change({ startedAt: Date.now(), path });
	}

	/** Ends the recording. Throws a Refusal (400) where there is none. */
	stop(): void {
		if (!this.recording) throw new Refusal(400, 'Not currently recording');
		this.done.stopped += 1;
		this.change(null);
	}

	/** Makes a preset the active one. Throws a Refusal (409) while it records, 404 for an unknown id. */
	activate(presetId: string): void {
		if (this.recording) throw new Refusal(409, 'Cannot change preset while recording');
		if (!this.settings.presets.some(({ id }) => id === presetId)) {
			throw new Refusal(404, 'There is no such preset');
		}
		this.activePresetId = presetId;
	}

	/** What GET /api/control/status answers. */
	status() {
		const { siteName, presets, hasNoSignal, inputError } = this.settings;
		const recording = Date.now() < this.changesAt ? this.shown : this.recording;
		return {
			siteName,
			presets,
			activePresetId: this.activePresetId,
			hasNoSignal,
			...(inputError !== null && { inputError }),
			...(recording && {
				recording: {
					position: Math.floor((Date.now() - recording.startedAt) / 1000),
					path: recording.path,
				},
			}),
		};
	}

	/** All counts, ready for JSON. */
	statistics() {
		return {
			...this.counts.snapshot(),
			recordings: { ...this.done },
			tokensSeenInUrls: this.tokensSeenInUrls,
		};
	}

	/** Back to how it started. */
	reset(): void {
		this.settings = this.firstSettings;
		this.activePresetId = this.settings.activePresetId;
		this.recording = null;
		this.changesAt = 0;
		this.done.started = 0;
		this.done.stopped = 0;
		this.tokensSeenInUrls = 0;
		this.counts.reset();
		this.faults.reset();
	}

	private change(recording: Recording | null): void {
		this.shown = this.recording;
		this.recording = recording;
		this.changesAt = Date.now() + this.settings.settleSeconds * 1000;
	}
}
