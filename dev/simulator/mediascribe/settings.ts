/** Everything about the simulated MediaScribe appliance that can be set. */
export interface MediaScribeSettings {
	/** Tokens that work. */
	apiTokens: string[];
	siteName: string;
	presets: Array<{ id: string; name: string }>;
	/** The preset that is active at the start. */
	activePresetId: string;
	hasNoSignal: boolean;
	/** What is wrong with the input; null leaves the field out. */
	inputError: string | null;
	/** Where recordings are kept, a folder of Windows. */
	folder: string;
	/** Which paths start and stop; one that does not is answered with 405 or 404. */
	controlPaths: { status: boolean; recording: boolean };
	/** How long after a start or stop the status shows it. */
	settleSeconds: number;
}

/** The settings of a simulator that was told nothing. */
export const DEFAULT_SETTINGS: MediaScribeSettings = {
	apiTokens: ['mediascribe-simulator-token'],
	siteName: 'Town Hall',
	presets: [
		{ id: '6f1c2a90-3b5d-4e7f-8a11-000000000001', name: 'Council Chamber' },
		{ id: '6f1c2a90-3b5d-4e7f-8a11-000000000002', name: 'Press Room' },
	],
	activePresetId: '6f1c2a90-3b5d-4e7f-8a11-000000000001',
	hasNoSignal: false,
	inputError: null,
	folder: 'C:\\ProgramData\\MediaScribe\\Recordings',
	controlPaths: { status: true, recording: true },
	settleSeconds: 0,
};
