import nock from 'nock';

import { errorOf, waits } from '../harness';
import { api, chosen, COMPLETED, ID, jsonOf, run, SIMPLIFIED } from './support';

const get = async (reply: nock.Body, parameters = {}) => {
	api().get(`/v1/transcribe/${ID}`).reply(200, reply);
	return await jsonOf(run('transcription', 'get', { ...chosen(ID), ...parameters }));
};

describe('getting a transcription', () => {
	it('asks for it without a body', async () => {
		nock('https://api.scriptivox.com', { badheaders: ['content-type', 'idempotency-key'] })
			.get(`/v1/transcribe/${ID}`)
			.reply(200, COMPLETED);

		expect(await run('transcription', 'get', chosen(ID))).toEqual([
			{ json: SIMPLIFIED, pairedItem: { item: 0 } },
		]);
	});

	it('gives Scriptivox’s own reply without Simplify', async () => {
		expect(await get(COMPLETED, { simplify: false })).toEqual(COMPLETED);
	});

	it('does not wait for a job that has not ended', async () => {
		expect(await get({ id: ID, status: 'processing' })).toMatchObject({ status: 'processing' });
		expect(waits).toEqual([]);
	});

	it('gives a failed job as data', async () => {
		const failed = { id: ID, status: 'failed', error: { code: 'CANCELLED', message: 'Stopped' } };

		expect(await get(failed)).toMatchObject({
			status: 'failed',
			text: null,
			error: { code: 'CANCELLED', message: 'Stopped' },
		});
	});

	it.each([
		['created', 'queued'],
		['pending', 'queued'],
		['downloading', 'processing'],
		['processing', 'processing'],
		['something_new', 'processing'],
	])('gives the status %s as %s', async (wire, status) => {
		expect(await get({ id: ID, status: wire })).toMatchObject({ status });
	});

	it('gives null for what is null or missing, and empty lists', async () => {
		const nulls = {
			...{ id: ID, status: 'completed', language: null, audio_duration_seconds: null },
			result: { full_transcript: null, language: null, speakers: null, utterances: null },
			error: null,
		};

		expect(await get(nulls)).toEqual({
			...SIMPLIFIED,
			text: null,
			language: null,
			durationSeconds: null,
			speakers: [],
			segments: [],
		});
	});

	it('keeps an empty transcript apart from a missing one', async () => {
		const silent = { id: ID, status: 'completed', result: { full_transcript: '' } };

		expect(await get(silent)).toMatchObject({ text: '' });
	});

	it('copes with utterances that lack what is optional', async () => {
		const bare = {
			id: ID,
			status: 'completed',
			result: {
				full_transcript: 'Hi',
				utterances: [{ text: 'Hi' }, { words: [{ word: 'x' }] }, null],
			},
		};

		expect((await get(bare)).segments).toEqual([
			{ start: null, end: null, speaker: null, text: 'Hi', words: [] },
			{
				start: null,
				end: null,
				speaker: null,
				text: '',
				words: [{ start: null, end: null, text: 'x', confidence: null }],
			},
		]);
	});

	it('takes the id from an expression too', async () => {
		api().get(`/v1/transcribe/${ID}`).reply(200, COMPLETED);
		const transcriptionId = { __rl: true, mode: 'id', value: '={{ $json.id }}' };

		const output = await run(
			'transcription',
			'get',
			{ transcriptionId },
			{ items: [{ json: { id: ID } }] },
		);

		expect(output[0]!.json.id).toBe(ID);
	});

	it('takes a plain string, as workflows made by hand have it', async () => {
		api().get(`/v1/transcribe/${ID}`).reply(200, COMPLETED);

		expect(await run('transcription', 'get', { transcriptionId: ID })).toHaveLength(1);
	});

	it.each([
		['', 'Transcription is empty'],
		['nonsense', 'Transcription is not a Scriptivox ID'],
		['../balance', 'Transcription is not a Scriptivox ID'],
		[`${ID}?format=srt`, 'Transcription is not a Scriptivox ID'],
		[`${ID}\n`.repeat(2), 'Transcription is not a Scriptivox ID'],
	])('refuses the id %j before any request', async (value, message) => {
		const error = await errorOf(run('transcription', 'get', chosen(value)));

		expect(error.message).toBe(`${message} [item 0]`);
		expect(error.description).toContain('An ID looks like');
	});
});
