import nock from 'nock';
import type { NodeExecutionHint } from 'n8n-workflow';

import { errorOf, waits } from '../harness';
import {
	api,
	chosen,
	CLAIM_TOKEN,
	claimedApi,
	DONE,
	HOST,
	ID,
	ID_TOKEN,
	jsonOf,
	QUEUED,
	run,
	SIMPLIFIED,
	SIMPLIFIED_QUEUED,
	userCredentials,
} from './support';

const get = async (reply: nock.Body, parameters = {}) => {
	api().get(`/api/v1/jobs/${ID}`).reply(200, reply);
	return await jsonOf(run('job', 'get', { ...chosen(), ...parameters }));
};

describe('getting a job', () => {
	it('asks for it without a body, and gives where it stands', async () => {
		nock(HOST, { badheaders: ['content-type', 'idempotency-key'] })
			.get(`/api/v1/jobs/${ID}`)
			.reply(200, DONE);

		expect(await run('job', 'get', chosen())).toEqual([
			{
				json: { ...SIMPLIFIED, text: null, speakers: [], segments: [], progress: 1 },
				pairedItem: { item: 0 },
			},
		]);
	});

	it('gives Whipscribe’s own reply without Simplify', async () => {
		const seen = { ...DONE, progress: 100, queue_position: 0, locked: false };

		expect(await get(seen, { simplify: false })).toEqual(seen);
	});

	it.each([
		[0, 0],
		[0.4, 0.4],
		[1, 1],
		[5, 0.05],
		[40, 0.4],
		[100, 1],
		[250, 1],
		[-1, 0],
		[null, null],
		['half', null],
	])('gives the progress %p as %p', async (wire, progress) => {
		expect(await get({ ...QUEUED, progress: wire })).toMatchObject({ progress });
	});

	it.each([
		['queued', 'queued'],
		['processing', 'processing'],
		['done', 'completed'],
		['failed', 'failed'],
		['warming_up', 'processing'],
	])('gives the status %s as %s', async (wire, status) => {
		expect(await get({ ...QUEUED, status: wire })).toMatchObject({ status });
		expect(waits).toEqual([]);
	});

	it.each([
		['Could not decode', { code: null, message: 'Could not decode' }],
		[
			{ code: 'BAD_AUDIO', message: 'No audio' },
			{ code: 'BAD_AUDIO', message: 'No audio' },
		],
		[
			{ error: 'No audio', code: 'X' },
			{ code: 'X', message: 'No audio' },
		],
		[null, null],
		['', null],
	])('gives the error %j as data', async (wire, error) => {
		expect(await get({ ...QUEUED, status: 'failed', error: wire })).toMatchObject({ error });
	});

	it('gives null for what is null or missing', async () => {
		const nulls = Object.fromEntries(Object.keys(DONE).map((name) => [name, null]));

		expect(await get({ ...nulls, job_id: ID, status: 'queued' })).toEqual({
			...SIMPLIFIED_QUEUED,
			progress: null,
		});
	});

	it('says in the panel that nobody speaks', async () => {
		api()
			.get(`/api/v1/jobs/${ID}`)
			.reply(200, { ...DONE, speech_detected: false });
		const hints: NodeExecutionHint[] = [];

		const output = run('job', 'get', chosen(), { hints });

		expect(await jsonOf(output)).toMatchObject({ status: 'completed', speechDetected: false });
		expect(hints).toHaveLength(1);
	});

	it('proves with the claim token that the job is ours', async () => {
		claimedApi().get(`/api/v1/jobs/${ID}`).reply(200, DONE);

		await run('job', 'get', { ...chosen(), options: { claimToken: ` ${CLAIM_TOKEN} ` } });
	});

	it('proves with the ID token who asks', async () => {
		nock(HOST, { reqheaders: { authorization: `Bearer ${ID_TOKEN}` } })
			.get(`/api/v1/jobs/${ID}`)
			.reply(200, DONE);

		await run('job', 'get', chosen(), { credentials: userCredentials });
	});

	it.each([
		['', 'Job is empty'],
		['nonsense', 'Job is not a Whipscribe ID'],
		['../me', 'Job is not a Whipscribe ID'],
		[`${ID}/result`, 'Job is not a Whipscribe ID'],
	])('refuses the id %j before any request', async (id, message) => {
		await expect(run('job', 'get', chosen(id))).rejects.toThrow(message);
	});

	it('refuses a claim token that cannot stand in a header before any request', async () => {
		const error = await errorOf(
			run('job', 'get', { ...chosen(), options: { claimToken: 'two words' } }),
		);

		expect(error.message).toBe('Claim Token must be a text without spaces [item 0]');
	});

	it.each([
		['a web page', '<html></html>', { 'Content-Type': 'text/html' }],
		['nothing', '', {}],
		['a list', [], {}],
		['an object without a status', { job_id: ID }, {}],
	])('does not take %s for a job', async (_what, reply, headers) => {
		api()
			.persist()
			.get(`/api/v1/jobs/${ID}`)
			.reply(200, reply, headers as nock.ReplyHeaders);

		await expect(run('job', 'get', chosen())).rejects.toThrow('to the request to read a job');
		nock.cleanAll();
	});
});
