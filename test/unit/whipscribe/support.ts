import nock from 'nock';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { Whipscribe } from '../../../nodes/Whipscribe/Whipscribe.node';
import { binaryItem, errorChecks, operationsOf } from '../harness';

export { jsonOf } from '../harness';

export const KEY = 'whip_unit_0123456789abcdef';
export const ID_TOKEN = 'eyJhbGciOi.unit.id-token';
export const GUEST_TOKEN = 'guest_unit_fedcba98';
export const CLAIM_TOKEN = 'claim_unit_76543210';
export const ID = '7c9e6679-7425-40de-944b-e07fc1f90ae7';
export const HOST = 'https://whipscribe.com';

export const credentials = { whipscribeApi: { apiKey: KEY } };
export const userCredentials = { whipscribeApi: { apiKey: KEY, idToken: ID_TOKEN } };

/** The API, which every request has to reach with the key, and with no other identity. */
export function api(): nock.Scope {
	return nock(HOST, {
		reqheaders: { 'x-api-key': KEY },
		badheaders: ['authorization', 'x-user-email', 'x-guest-token', 'x-claim-token'],
	});
}

/** The API, which every request has to reach with the job's claim token too. */
export function claimedApi(): nock.Scope {
	return nock(HOST, { reqheaders: { 'x-api-key': KEY, 'x-claim-token': CLAIM_TOKEN } });
}

/** Runs an operation of the Whipscribe node. */
export const run = operationsOf(() => new Whipscribe(), credentials);

/** A job of a resource locator, chosen from the list. */
export const chosen = (value: string = ID): INodeParameters => ({
	jobId: { __rl: true, mode: 'list', value },
});

/** A job that was just started. */
export const QUEUED = { job_id: ID, status: 'queued', tier: 2 };

/** A job that is done. */
export const DONE = {
	job_id: ID,
	status: 'done',
	progress: 1,
	audio_duration_seconds: 61.5,
	language: 'en',
	source: 'api',
	speech_detected: true,
	speech_ratio: 0.93,
	error: null,
};

/** Its transcript. */
export const RESULT = {
	text: 'Good morning. Thank you.',
	language: 'en',
	segments: [
		{
			start: 0.2,
			end: 1.4,
			speaker: 'SPEAKER_00',
			text: 'Good morning.',
			words: [
				{ start: 0.2, end: 0.6, text: 'Good' },
				{ start: 0.7, end: 1.4, text: 'morning.' },
			],
		},
		{ start: 2, end: 2.9, speaker: 'SPEAKER_01', text: 'Thank you.', words: null },
	],
};

/** The transcript of a recording in which nobody speaks. */
export const SILENCE = {
	text: '',
	language: null,
	segments: [],
	speech_detected: false,
	speech_ratio: 0,
	suggestion: 'No speech was found.',
};

/** What a user gets of the job and its transcript with Simplify. */
export const SIMPLIFIED = {
	provider: 'whipscribe',
	id: ID,
	status: 'completed',
	text: 'Good morning. Thank you.',
	language: 'en',
	durationSeconds: 61.5,
	speechDetected: true,
	speakers: ['SPEAKER_00', 'SPEAKER_01'],
	segments: [
		{
			start: 0.2,
			end: 1.4,
			speaker: 'SPEAKER_00',
			text: 'Good morning.',
			words: [
				{ start: 0.2, end: 0.6, text: 'Good', confidence: null },
				{ start: 0.7, end: 1.4, text: 'morning.', confidence: null },
			],
		},
		{ start: 2, end: 2.9, speaker: 'SPEAKER_01', text: 'Thank you.', words: [] },
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
	speechDetected: null,
	speakers: [],
	segments: [],
};

export const speech = async (fileName = 'speech.mp3') =>
	await binaryItem(Buffer.from('sound of speech'), { fileName, mimeType: 'audio/mpeg' });

/** Whipscribe's error envelope. */
export const envelope = (code: string, extras: IDataObject = {}) => ({
	error: `Because of ${code}`,
	code,
	...extras,
});

export const { expectExplained, expectNoSecretIn } = errorChecks([
	KEY,
	ID_TOKEN,
	GUEST_TOKEN,
	CLAIM_TOKEN,
]);

/** A connection that breaks before a reply came. */
export const reset = () => Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
