import nock from 'nock';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { Transcripton } from '../../../nodes/Transcripton/Transcripton.node';
import { binaryItem, errorChecks, operationsOf } from '../harness';

export { jsonOf } from '../harness';

export const KEY = 'ts_unit_0123456789abcdef';
export const SECRET = 'whsec_unit_fedcba9876543210';
export const ID = '7c9e6679-7425-40de-944b-e07fc1f90ae7';
export const TRANSCRIPTION_ID = '1b4e28ba-2fa1-41d2-883f-0016d3cca427';

export const credentials = { transcriptonApi: { apiKey: KEY, webhookSecret: SECRET } };

/** The API, which every request has to reach with the key, and with nothing else that is secret. */
export function api(): nock.Scope {
	return nock('https://api.transcription.solutions', {
		reqheaders: { 'x-api-key': KEY },
		badheaders: ['authorization', 'idempotency-key'],
	});
}

/** Runs an operation of the Transcripton node. */
export const run = operationsOf(() => new Transcripton(), credentials);

/** A job of a resource locator, chosen from the list. */
export const chosen = (value: string = ID): INodeParameters => ({
	jobId: { __rl: true, mode: 'list', value },
});

/** A job that was just started. */
export const QUEUED = { id: ID, status: 'queued' };

/** A job that is done, with all that Transcripton may give. */
export const DONE = {
	id: ID,
	status: 'done',
	stage: 6,
	progress: 100,
	duration_sec: 61.4,
	transcription: {
		id: TRANSCRIPTION_ID,
		full_text: 'Good morning. Thank you.',
		language_detected: 'en',
	},
	diarization: {
		segments: [
			{ speaker: 'speaker_0', start: 0.2, end: 1.4, text: 'Good morning.' },
			{ speaker: 'speaker_1', start: 2, end: 2.9, text: 'Thank you.' },
		],
		num_speakers: 2,
	},
	summary: null,
	translations: [],
};

/** What a user gets of it with Simplify. */
export const SIMPLIFIED = {
	provider: 'transcripton',
	id: ID,
	status: 'completed',
	text: 'Good morning. Thank you.',
	language: 'en',
	durationSeconds: 61.4,
	speechDetected: null,
	speakers: ['speaker_0', 'speaker_1'],
	segments: [
		{ start: 0.2, end: 1.4, speaker: 'speaker_0', text: 'Good morning.', words: [] },
		{ start: 2, end: 2.9, speaker: 'speaker_1', text: 'Thank you.', words: [] },
	],
	error: null,
	fileName: null,
};

/** What a user gets of a job that has only begun. */
export const SIMPLIFIED_QUEUED = {
	...SIMPLIFIED,
	status: 'queued',
	text: null,
	language: null,
	durationSeconds: null,
	speakers: [],
	segments: [],
};

export const speech = async (fileName = 'speech.mp3') =>
	await binaryItem(Buffer.from('sound of speech'), { fileName, mimeType: 'audio/mpeg' });

/** Transcripton's error envelope. */
export const envelope = (code: string, extras: IDataObject = {}) => ({
	detail: { code, message: `Because of ${code}`, ...extras },
});

export const { expectExplained, expectNoSecretIn } = errorChecks([KEY, SECRET]);

/** A connection that breaks before a reply came. */
export const reset = () => Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
