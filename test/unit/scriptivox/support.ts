import nock from 'nock';
import type { INodeParameters } from 'n8n-workflow';

import { Scriptivox } from '../../../nodes/Scriptivox/Scriptivox.node';
import { binaryItem, errorChecks, operationsOf } from '../harness';

export { jsonOf } from '../harness';

export const KEY = 'sk_live_unit_0123456789abcdef';
export const ID = '3f1e5a52-8a0f-4a3c-9a57-0d7e9b1c2f4d';
export const UPLOAD_ID = '9b2d7c10-1111-4222-8333-444455556666';
export const STORAGE = 'https://storage.example';

export const credentials = { scriptivoxApi: { apiKey: KEY } };

/** The API, which every request has to reach with the key. */
export function api(): nock.Scope {
	return nock('https://api.scriptivox.com', { reqheaders: { authorization: KEY } });
}

/** Runs an operation of the Scriptivox node. */
export const run = operationsOf(() => new Scriptivox(), credentials);

/** A transcription of a resource locator, chosen from the list. */
export const chosen = (value: string): INodeParameters => ({
	transcriptionId: { __rl: true, mode: 'list', value },
});

/** A completed transcription with all that Scriptivox may give. */
export const COMPLETED = {
	id: ID,
	status: 'completed',
	audio_duration_seconds: 61.5,
	file_size_bytes: 984_320,
	language: 'en',
	diarize: true,
	speaker_count: null,
	align: true,
	cost_cents: 0.3417,
	created_at: '2026-11-22T11:58:00Z',
	started_at: '2026-11-22T11:58:04Z',
	completed_at: '2026-11-22T11:58:20Z',
	progress: 'Completed',
	result: {
		full_transcript: 'Good morning. Thank you.',
		language: 'en',
		duration_seconds: 61.4,
		speakers: ['SPEAKER 1', 'SPEAKER 2'],
		utterances: [
			{
				start: 0.2,
				end: 1.4,
				text: 'Good morning.',
				speaker: 'SPEAKER 1',
				confidence: 0.98,
				words: [
					{ word: 'Good', start: 0.2, end: 0.6, confidence: 0.99 },
					{ word: 'morning.', start: 0.7, end: 1.4, confidence: 0.97 },
				],
			},
			{ start: 2, end: 2.9, text: 'Thank you.', speaker: 'SPEAKER 2', confidence: 0.9, words: [] },
		],
	},
};

/** What a user gets of it with Simplify. */
export const SIMPLIFIED = {
	provider: 'scriptivox',
	id: ID,
	status: 'completed',
	text: 'Good morning. Thank you.',
	language: 'en',
	durationSeconds: 61.4,
	speechDetected: null,
	speakers: ['SPEAKER 1', 'SPEAKER 2'],
	segments: [
		{
			start: 0.2,
			end: 1.4,
			speaker: 'SPEAKER 1',
			text: 'Good morning.',
			words: [
				{ start: 0.2, end: 0.6, text: 'Good', confidence: 0.99 },
				{ start: 0.7, end: 1.4, text: 'morning.', confidence: 0.97 },
			],
		},
		{ start: 2, end: 2.9, speaker: 'SPEAKER 2', text: 'Thank you.', words: [] },
	],
	error: null,
	fileName: null,
};

/** Expects a presign call, and the PUT that goes where it says. */
export function expectUpload(fileName: string, uploadId = UPLOAD_ID): void {
	api()
		.post('/v1/upload', { filename: fileName })
		.reply(200, {
			upload_id: uploadId,
			upload_url: `${STORAGE}/put/${uploadId}?token=signed`,
			method: 'PUT',
			headers: { 'Content-Type': 'audio/mpeg' },
			expires_in: 3600,
		});
	nock(STORAGE, { badheaders: ['authorization', 'x-api-key'] })
		.put(`/put/${uploadId}?token=signed`)
		.reply(200);
}

export const speech = async () => await binaryItem(Buffer.from('sound of speech'));

/** An error of the API, as its reference documents them. */
export interface ApiErrorCase {
	status: number;
	code: string;
}

export const { expectExplained } = errorChecks([KEY]);
