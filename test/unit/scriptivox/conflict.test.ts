import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { errorOf } from '../harness';
import { binaryItem } from '../harness';
import { api, COMPLETED, expectUpload, ID, jsonOf, run } from './support';

const SOUND = Buffer.from('sound of speech');
const OTHER = '22222222-8a0f-4a3c-9a57-0d7e9b1c2f4d';

/** A row of the list, as that file's job would be listed. */
const row = (more: IDataObject = {}): IDataObject => ({
	id: ID,
	status: 'completed',
	file_size_bytes: SOUND.length,
	language: 'en',
	diarize: false,
	speaker_count: null,
	align: false,
	created_at: '2026-11-22T11:50:00Z',
	...more,
});

/** Sends a file under a key that was used for another upload of it. */
async function transcribe(rows: IDataObject[], fileName = 'speech.mp3', choices: IDataObject = {}) {
	expectUpload(fileName);
	api()
		.post('/v1/transcribe')
		.reply(422, { error: { code: 'IDEMPOTENCY_KEY_CONFLICT', message: 'Used before' } });
	api()
		.get('/v1/transcriptions')
		.query(({ from, limit }) => from === '2026-11-15T12:00:00.000Z' && limit === '200')
		.reply(200, { items: rows, has_more: false });
	return await jsonOf(
		run(
			'transcription',
			'transcribe',
			{
				inputType: 'binaryFile',
				options: { idempotencyKey: 'hash-of-the-file' },
				...(choices as INodeParameters),
			},
			{ items: [await binaryItem(SOUND, { fileName, mimeType: 'audio/mpeg' })] },
		),
	);
}

describe('a file that is sent again under its key after a crash, with a new upload', () => {
	it.each<[string, IDataObject[], IDataObject]>([
		['alone of its size', [row(), row({ id: OTHER, file_size_bytes: 7 })], {}],
		['under way', [row({ status: 'processing' })], {}],
		['diarized', [row({ diarize: true, align: true })], { diarize: true }],
		['in a language', [row({ language: 'de' })], { language: 'de' }],
	])('gives the job that was paid for where it is certain: %s', async (_what, rows, choices) => {
		api().get(`/v1/transcribe/${ID}`).reply(200, COMPLETED);

		const json = await transcribe(rows, 'speech.mp3', choices);

		expect(json).toMatchObject({ id: ID, status: 'completed', replayed: true });
	});

	it.each<[string, IDataObject[], string]>([
		['two of its size', [row(), row({ id: OTHER })], 'speech.mp3'],
		['older than a day', [row({ created_at: '2026-11-21T11:00:00Z' })], 'speech.mp3'],
		['of no known time', [row({ created_at: null })], 'speech.mp3'],
		['asked for otherwise', [row({ diarize: true })], 'speech.mp3'],
		['failed', [row({ status: 'failed' })], 'speech.mp3'],
		['of a kind whose size says only its length', [row()], 'speech.wav'],
	])('names the jobs that it may be where it is not: %s', async (_what, rows, fileName) => {
		const error = await errorOf(transcribe(rows, fileName));

		expect(error.message).toContain('IDEMPOTENCY_KEY_CONFLICT');
		for (const { id } of rows) expect(error.description).toContain(String(id));
		expect(error.description).toContain(
			'Collect the right one with Transcription: Wait or Transcription: Get and its ID.',
		);
	});

	it('says where there is none of its size', async () => {
		const error = await errorOf(transcribe([row({ file_size_bytes: 7 })]));

		expect(error.description).toContain('No transcription of the last 7 days has the size');
	});
});
