import type { NodeExecutionHint } from 'n8n-workflow';

import { errorOf } from '../harness';
import {
	api,
	chosen,
	CLAIM_TOKEN,
	claimedApi,
	envelope,
	ID,
	jsonOf,
	RESULT,
	run,
	SILENCE,
	SIMPLIFIED,
} from './support';

const get = async (reply: object, parameters = {}) => {
	api().get(`/api/v1/jobs/${ID}/result`).query({ format: 'json' }).reply(200, reply);
	return await jsonOf(run('job', 'getTranscript', { ...chosen(), ...parameters }));
};

describe('getting a transcript', () => {
	it('gives the common Transcript of a finished job', async () => {
		expect(await get(RESULT)).toEqual({
			...SIMPLIFIED,
			durationSeconds: null,
			speechDetected: null,
		});
	});

	it('gives the duration where the reply names it', async () => {
		const seen = { ...RESULT, job_id: ID, duration: 61.4, word_count: 4, char_count: 24 };

		expect(await get(seen)).toMatchObject({ id: ID, durationSeconds: 61.4 });
	});

	it('gives Whipscribe’s own reply without Simplify', async () => {
		expect(await get(RESULT, { simplify: false })).toEqual(RESULT);
	});

	it('gives speakers and words that are null as none', async () => {
		const segment = { start: 0, end: 1, speaker: null, text: 'Hello.', words: null };

		expect(await get({ text: 'Hello.', language: 'en', segments: [segment] })).toMatchObject({
			speakers: [],
			segments: [{ start: 0, end: 1, speaker: null, text: 'Hello.', words: [] }],
		});
	});

	it('gives no segments where there are none', async () => {
		expect(await get({ text: 'Hello.', language: null, segments: null })).toMatchObject({
			text: 'Hello.',
			language: null,
			segments: [],
		});
	});

	it('takes silence for a result, and says so in the panel', async () => {
		api().get(`/api/v1/jobs/${ID}/result`).query(true).reply(200, SILENCE);
		const hints: NodeExecutionHint[] = [];

		const output = run('job', 'getTranscript', chosen(), { hints });

		expect(await jsonOf(output)).toMatchObject({ text: '', speechDetected: false, error: null });
		expect(hints).toEqual([
			expect.objectContaining({ message: expect.stringContaining('no speech') }),
		]);
	});

	it('proves with the claim token that the job is ours', async () => {
		claimedApi().get(`/api/v1/jobs/${ID}/result`).query(true).reply(200, RESULT);

		await run('job', 'getTranscript', { ...chosen(), options: { claimToken: CLAIM_TOKEN } });
	});

	it('says that a transcript is locked', async () => {
		api().get(`/api/v1/jobs/${ID}/result`).query(true).reply(402, envelope('transcript_locked'));

		const error = await errorOf(run('job', 'getTranscript', chosen()));

		expect(error.description).toContain('only after a payment');
	});

	it('does not take a reply without a text for a transcript', async () => {
		api().get(`/api/v1/jobs/${ID}/result`).query(true).reply(200, { segments: [] });

		await expect(run('job', 'getTranscript', chosen())).rejects.toThrow('a reply without text');
	});
});
