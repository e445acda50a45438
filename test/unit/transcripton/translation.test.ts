import { errorOf, waits } from '../harness';
import { api, chosen, DONE, ID, jsonOf, QUEUED, run, TRANSCRIPTION_ID } from './support';

const JOB = `/api/v1/jobs/${ID}`;
const TRANSCRIPTION = `/api/v1/transcriptions/${TRANSCRIPTION_ID}`;
const TRANSLATION = {
	id: '0b8f7a0e-0000-4000-8000-000000000001',
	transcription_id: TRANSCRIPTION_ID,
	target_lang: 'de',
	text: 'Guten Morgen. Danke.',
	llm_model: 'any',
	created_at: '2026-11-22T12:00:00Z',
};
const byTranscription = { idType: 'transcriptionId', transcriptionId: ` ${TRANSCRIPTION_ID} ` };

describe('translating', () => {
	it('sends exactly what the API asks for', async () => {
		api()
			.post(`${TRANSCRIPTION}/translate`, { target_lang: 'de' })
			.matchHeader('content-type', 'application/json')
			.reply(200, TRANSLATION);

		const output = run('translation', 'create', { ...byTranscription, targetLanguage: ' DE ' });

		expect(await jsonOf(output)).toEqual(TRANSLATION);
	});

	it('looks up the transcription of a job', async () => {
		api().get(JOB).reply(200, DONE);
		api().post(`${TRANSCRIPTION}/translate`).reply(200, TRANSLATION);

		const output = run('translation', 'create', { ...chosen(), targetLanguage: 'de' });

		expect(await jsonOf(output)).toEqual(TRANSLATION);
	});

	it('waits for the job first where told to', async () => {
		api().get(JOB).reply(200, QUEUED);
		api().get(JOB).reply(200, DONE);
		api().post(`${TRANSCRIPTION}/translate`).reply(200, TRANSLATION);
		const options = { waitUntilReady: true };

		await run('translation', 'create', { ...chosen(), targetLanguage: 'de', options });

		expect(waits).toEqual([3000]);
	});

	it.each([
		['is still queued', QUEUED, 'queued'],
		['failed', { id: ID, status: 'failed', transcription: null }, 'failed'],
		['names none', { ...DONE, transcription: {} }, 'done'],
	])('says that a job has no transcription which %s', async (_what, job, status) => {
		api().get(JOB).reply(200, job);

		const error = await errorOf(
			run('translation', 'create', { ...chosen(), targetLanguage: 'de' }),
		);

		expect(error.message).toBe(`The job has no transcription: it is ${status} [item 0]`);
	});

	it.each([
		['', 'Target Language is empty'],
		['german', 'Target Language is not an ISO 639-1 code'],
		['de-AT', 'Target Language is not an ISO 639-1 code'],
		['d3', 'Target Language is not an ISO 639-1 code'],
	])('refuses the target language %j before any request', async (targetLanguage, message) => {
		const error = await errorOf(
			run('translation', 'create', { ...byTranscription, targetLanguage }),
		);

		expect(error.message).toBe(`${message} [item 0]`);
	});

	it.each([
		['', 'Transcription ID is empty'],
		['7', 'Transcription ID is not a Transcripton ID'],
		[`${TRANSCRIPTION_ID}/..`, 'Transcription ID is not a Transcripton ID'],
	])('refuses the transcription ID %j before any request', async (transcriptionId, message) => {
		const named = { idType: 'transcriptionId', transcriptionId };
		for (const operation of ['create', 'getMany']) {
			const error = await errorOf(
				run('translation', operation, { ...named, targetLanguage: 'de' }),
			);
			expect(error.message).toBe(`${message} [item 0]`);
		}
	});
});

describe('getting many translations', () => {
	it.each([
		['a list', [TRANSLATION, TRANSLATION]],
		['a list in an object', { translations: [TRANSLATION, TRANSLATION], total: 2 }],
		['a list by another name', { items: [TRANSLATION, TRANSLATION] }],
	])('takes %s', async (_what, reply) => {
		api().get(`${TRANSCRIPTION}/translations`).reply(200, reply);

		const output = await run('translation', 'getMany', byTranscription);

		expect(output.map(({ json }) => json)).toEqual([TRANSLATION, TRANSLATION]);
	});

	it('gives no item where there are none, and no more than are wanted', async () => {
		api().get(`${TRANSCRIPTION}/translations`).reply(200, []);
		api()
			.get(`${TRANSCRIPTION}/translations`)
			.reply(200, [TRANSLATION, { ...TRANSLATION, target_lang: 'fr' }]);

		expect(await run('translation', 'getMany', byTranscription)).toEqual([]);
		expect(await run('translation', 'getMany', { ...byTranscription, limit: 1 })).toHaveLength(1);
	});

	it('looks up the transcription of a job', async () => {
		api().get(JOB).reply(200, DONE);
		api().get(`${TRANSCRIPTION}/translations`).reply(200, [TRANSLATION]);

		expect(await jsonOf(run('translation', 'getMany', chosen()))).toEqual(TRANSLATION);
	});
});

describe('getting the deliveries of webhooks', () => {
	const PATH = '/api/v1/integrations/webhooks/deliveries';
	const TRIES = [
		{ attempt: 2, response_status: 200 },
		{ attempt: 1, response_status: 500 },
	];

	it.each([
		['a list', TRIES],
		['a list in an object', { deliveries: TRIES, page: 1 }],
	])('takes %s', async (_what, reply) => {
		api().get(PATH).reply(200, reply);

		const output = await run('webhook', 'getDeliveries', { returnAll: true });

		expect(output.map(({ json }) => json)).toEqual(TRIES);
	});

	it('gives a reply as it is that holds no list', async () => {
		api().get(PATH).reply(200, { enabled: false });

		expect(await jsonOf(run('webhook', 'getDeliveries'))).toEqual({ enabled: false });
	});

	it('gives no more than are wanted', async () => {
		api().get(PATH).reply(200, TRIES);

		expect(await run('webhook', 'getDeliveries', { limit: 1 })).toHaveLength(1);
	});
});
