import nock from 'nock';

import { errorOf } from '../harness';
import {
	api,
	chosen,
	CLAIM_TOKEN,
	claimedApi,
	DONE,
	envelope,
	HOST,
	ID,
	ID_TOKEN,
	jsonOf,
	KEY,
	reset,
	RESULT,
	run,
	SIMPLIFIED,
	userCredentials,
} from './support';

describe('waiting for a job', () => {
	it('gives it with its transcript', async () => {
		claimedApi().get(`/api/v1/jobs/${ID}`).reply(200, DONE);
		claimedApi().get(`/api/v1/jobs/${ID}/result`).query({ format: 'json' }).reply(200, RESULT);

		const output = run('job', 'wait', { ...chosen(), options: { claimToken: CLAIM_TOKEN } });

		expect(await jsonOf(output)).toEqual(SIMPLIFIED);
	});

	it('gives Whipscribe’s own replies without Simplify', async () => {
		api().get(`/api/v1/jobs/${ID}`).reply(200, DONE);
		api().get(`/api/v1/jobs/${ID}/result`).query(true).reply(200, RESULT);

		const output = run('job', 'wait', { ...chosen(), simplify: false });

		expect(await jsonOf(output)).toEqual({ ...DONE, result: RESULT });
	});

	it.each([
		['a sentence', 'Could not decode', 'Could not decode'],
		['an object', { code: 'BAD_AUDIO', message: 'No audio' }, 'No audio (BAD_AUDIO)'],
		['nothing', null, 'no reason given'],
	])('goes wrong where the job failed with %s', async (_what, wire, message) => {
		api()
			.get(`/api/v1/jobs/${ID}`)
			.reply(200, { ...DONE, status: 'failed', error: wire });

		const [item] = await run('job', 'wait', chosen(), { continueOnFail: true });

		expect(item!.json.error).toContain(message);
	});
});

describe('listing jobs', () => {
	const rows = [
		{
			job_id: ID,
			status: 'done',
			filename: 'meeting.mp3',
			audio_duration_seconds: 61.5,
			language: 'en',
			source: 'api',
			created_at: 1_795_348_800.25,
		},
		{ job_id: ID.replace('7', '8'), status: 'queued', filename: null },
	];

	it.each([
		['a list', rows],
		['an object with a list', { jobs: rows }],
	])('reads %s', async (_what, reply) => {
		api().get('/api/v1/jobs').query({ limit: 50 }).reply(200, reply);

		const items = await run('job', 'getMany');

		expect(items.map(({ json }) => [json.status, json.fileName])).toEqual([
			['completed', 'meeting.mp3'],
			['queued', null],
		]);
	});

	it('gives Whipscribe’s own rows without Simplify', async () => {
		api().get('/api/v1/jobs').query({ limit: 2 }).reply(200, rows);

		const items = await run('job', 'getMany', { limit: 2, simplify: false });

		expect(items.map(({ json }) => json)).toEqual(rows);
	});

	it('asks for all that Whipscribe lists with Return All', async () => {
		api().get('/api/v1/jobs').query({ limit: 100 }).reply(200, []);

		expect(await run('job', 'getMany', { returnAll: true })).toEqual([]);
	});

	it.each([0, -1, 1.5, 101])('refuses a limit of %p before any request', async (limit) => {
		await expect(run('job', 'getMany', { limit })).rejects.toThrow('Limit must be');
	});

	it.each([
		['an object without a list', { message: 'hello' }],
		['a list that is null', { jobs: null }],
	])('does not take %s for a list', async (_what, reply) => {
		api().get('/api/v1/jobs').query(true).reply(200, reply);

		await expect(run('job', 'getMany')).rejects.toThrow('a reply of an unexpected kind');
	});
});

describe('getting the address of a recording', () => {
	const getAudioUrl = async (reply: object, baseUrl?: string) => {
		api().get(`/api/v1/jobs/${ID}/audio/url`).reply(200, reply);
		const credentials = baseUrl ? { whipscribeApi: { apiKey: KEY, baseUrl } } : undefined;
		return await jsonOf(
			run('job', 'getAudioUrl', chosen(), credentials ? { credentials } : undefined),
		);
	};

	it('gives one in the cloud as it is', async () => {
		const url = 'https://storage.example/a.mp3?signature=b';

		expect(await getAudioUrl({ url, storage: 'vultr', expires_in: 600 })).toEqual({
			jobId: ID,
			url,
			storage: 'vultr',
			expiresInSeconds: 600,
		});
	});

	it.each([
		['/v1/audio/a.mp3?token=b', 'https://whipscribe.com/api/v1/audio/a.mp3?token=b'],
		['v1/audio/a.mp3', 'https://whipscribe.com/api/v1/audio/a.mp3'],
		['/api/v1/audio/a.mp3', 'https://whipscribe.com/api/v1/audio/a.mp3'],
	])('completes the path %s on disk', async (url, whole) => {
		expect(await getAudioUrl({ url, storage: 'disk', expires_in: 3600 })).toMatchObject({
			url: whole,
			storage: 'disk',
			expiresInSeconds: 3600,
		});
	});

	it('completes a path below a base URL of another place', async () => {
		nock('http://127.0.0.1:4010')
			.get(`/whipscribe/api/v1/jobs/${ID}/audio/url`)
			.reply(200, { url: '/v1/audio/a.mp3', storage: 'disk', expires_in: 600 });
		const whipscribeApi = { apiKey: KEY, baseUrl: 'http://127.0.0.1:4010/whipscribe/api/v1/' };

		const output = run('job', 'getAudioUrl', chosen(), { credentials: { whipscribeApi } });

		expect(await jsonOf(output)).toMatchObject({
			url: 'http://127.0.0.1:4010/whipscribe/api/v1/audio/a.mp3',
		});
	});

	it('says for how many days recordings are kept where it has expired', async () => {
		api()
			.get(`/api/v1/jobs/${ID}/audio/url`)
			.reply(410, envelope('AUDIO_EXPIRED', { retention_days: 30 }));

		const error = await errorOf(run('job', 'getAudioUrl', chosen()));

		expect(error.description).toContain('for 30 days');
		expect(error.description).toContain('Get Transcript');
	});
});

describe('claiming jobs', () => {
	const claim = async (claimTokens: unknown, credentials: object = userCredentials) =>
		await run(
			'job',
			'claim',
			{ claimTokens: claimTokens as string },
			{ credentials: credentials as typeof userCredentials },
		);

	it.each([
		['one token', 'claim_a', ['claim_a']],
		[
			'tokens apart by commas and lines',
			' claim_a, claim_b\nclaim_c ',
			['claim_a', 'claim_b', 'claim_c'],
		],
		['a list', '={{ ["claim_a", "claim_b"] }}', ['claim_a', 'claim_b']],
	])('sends %s in one request, as the user', async (_what, claimTokens, claim_tokens) => {
		nock(HOST, { reqheaders: { 'x-api-key': KEY, authorization: `Bearer ${ID_TOKEN}` } })
			.post('/api/v1/jobs/claim', { claim_tokens })
			.reply(200, { claimed: claim_tokens.length });

		const [item] = await claim(claimTokens);

		expect(item!.json).toEqual({ claimed: claim_tokens.length });
	});

	it.each([
		['no token', '', 'Claim Tokens is empty'],
		['a list of none', '={{ [] }}', 'Claim Tokens is empty'],
		['a list with something else in it', '={{ [1] }}', 'Claim Token must be a text'],
	])('refuses %s before any request', async (_what, claimTokens, message) => {
		await expect(claim(claimTokens)).rejects.toThrow(message);
	});

	it('says before any request that it needs a user', async () => {
		const error = await errorOf(claim('claim_a', { whipscribeApi: { apiKey: KEY } }));

		expect(error.message).toBe('Jobs can be claimed only for a signed-in user [item 0]');
	});

	it('keeps the tokens out of errors', async () => {
		nock(HOST)
			.post('/api/v1/jobs/claim')
			.reply(401, { error: `Not yours: ${CLAIM_TOKEN}`, code: 'AUTHENTICATION_REQUIRED' });

		const error = await errorOf(claim(CLAIM_TOKEN));

		// n8n itself keeps the node, with whatever its user wrote into it
		const { node, stack, ...said } = error;
		expect(error.message).toContain('Not yours: ***');
		expect(JSON.stringify(said) + stack).not.toContain(CLAIM_TOKEN);
		expect(node).toBeDefined();
	});
});

describe('deleting a job', () => {
	it.each([200, 202, 204])('takes %d for done', async (status) => {
		api().delete(`/api/v1/jobs/${ID}`).reply(status);

		expect(await jsonOf(run('job', 'delete', chosen()))).toEqual({ deleted: true });
	});

	it('proves with the claim token that the job is ours', async () => {
		claimedApi().delete(`/api/v1/jobs/${ID}`).reply(204);

		await run('job', 'delete', { ...chosen(), options: { claimToken: CLAIM_TOKEN } });
	});

	it('takes a job that is gone after a lost reply for deleted', async () => {
		api().delete(`/api/v1/jobs/${ID}`).replyWithError(reset());
		api().delete(`/api/v1/jobs/${ID}`).reply(404, envelope('NOT_FOUND'));

		await run('job', 'delete', chosen());
	});

	it('says where there is no such job', async () => {
		api().delete(`/api/v1/jobs/${ID}`).reply(404, envelope('NOT_FOUND'));

		await expect(run('job', 'delete', chosen())).rejects.toThrow('NOT_FOUND');
	});
});

describe('getting the account', () => {
	it('gives Whipscribe’s own reply', async () => {
		const me = { email: null, tier: 'paid', retention_days: 365, signed_in: false };
		api().get('/api/v1/me').reply(200, me);

		expect(await jsonOf(run('account', 'get'))).toEqual(me);
	});
});
