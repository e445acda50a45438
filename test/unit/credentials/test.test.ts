import nock from 'nock';

import { packCredentialTypes, testCredential } from '../harness';
import { BASE_URL, USES } from './observing';

/** What each provider answers to a right key, in the least that its reference promises. */
const GOOD: Record<string, object> = {
	mediaScribeApi: { presets: [], hasNoSignal: false },
	scripeApi: { workspace: { id: 'org_1' }, principal: { type: 'api_key', id: '1', scopes: [] } },
	scriptivoxApi: { balance_cents: 0 },
	transcriptonApi: { jobs: [], total: 0, page: 1, limit: 1 },
	whipscribeApi: { jobs: [] },
};

const types = packCredentialTypes().filter(({ name }) => name in GOOD);

async function tested(name: string, status: number, body: nock.Body, headers = {}) {
	const scope = nock(BASE_URL).persist().get(/.*/).reply(status, body, headers);
	const verdict = await testCredential(
		types.find((type) => type.name === name)!,
		USES[name]!.credential,
	);
	expect(scope.isDone()).toBe(true);
	nock.cleanAll();
	return verdict;
}

describe.each(types.map(({ name }) => name))('the test of %s', (name) => {
	it('passes where the API answers', async () => {
		expect(await tested(name, 200, GOOD[name]!)).toEqual({
			status: 'OK',
			message: 'Connection successful!',
		});
	});

	it.each([
		['a web page', '<!doctype html><title>Sign in</title>', { 'content-type': 'text/html' }],
		['a web page that claims to be JSON', '<html>', { 'content-type': 'application/json' }],
		['another service', { status: 'ok', version: '1.2.3' }, {}],
		['an error with status 200', { error: { code: 'INVALID_API_KEY' } }, {}],
		['nothing', '', {}],
		['null', 'null', { 'content-type': 'application/json' }],
		['a text', '"ok"', { 'content-type': 'application/json' }],
	])('fails where %s answers in its place', async (_what, body, headers) => {
		const { status, message } = await tested(name, 200, body, headers);

		expect(status).toBe('Error');
		expect(message).toMatch(/Base URL/);
	});

	it.each([401, 403, 404, 429, 500, 503])('fails after HTTP %d, without a secret', async (code) => {
		const secrets = Object.entries(USES[name]!.credential).filter(([field]) => field !== 'baseUrl');
		const words = secrets.map(([, secret]) => secret).join(' ');

		const { status, message } = await tested(name, code, { error: words, code: 'SOME_CODE' });

		expect(status).toBe('Error');
		for (const [field, secret] of secrets) {
			if (/key|token|secret/i.test(field)) expect(message).not.toContain(secret);
		}
	});

	it('follows no redirect, which would carry the key to another host', async () => {
		let visits = 0;
		nock('https://elsewhere.example')
			.get(/.*/)
			.optionally()
			.reply(() => [200, { ...GOOD[name], visits: ++visits }]);

		const { status } = await tested(name, 302, '', { location: 'https://elsewhere.example/x' });

		expect([status, visits]).toEqual(['Error', 0]);
	});
});

describe('the test of whipscribeApi', () => {
	it.each([
		['a bare list', [{ job_id: '1' }]],
		['a bare list without a job', []],
		['a list in an object', { jobs: [{ job_id: '1' }] }],
		['a list in an object, without a job', { jobs: [], count: 0 }],
	])('takes a key without a user for right where %s comes', async (_form, body) => {
		expect(await tested('whipscribeApi', 200, body)).toMatchObject({ status: 'OK' });
	});

	it('asks for a list that only a right key may read', async () => {
		const asked = nock(BASE_URL).get('/jobs').query({ limit: 1 }).reply(200, []);
		const type = types.find(({ name }) => name === 'whipscribeApi')!;

		await testCredential(type, { apiKey: 'key', baseUrl: BASE_URL });

		expect(asked.isDone()).toBe(true);
	});

	it.each([
		[{ error: 'Unknown key', code: 'INVALID_API_KEY' }, 'Unknown key (INVALID_API_KEY)'],
		[{ detail: 'Not allowed' }, 'Not allowed'],
		['', 'HTTP 401'],
	])('says what Whipscribe says to a wrong one: %j', async (body, words) => {
		expect(await tested('whipscribeApi', 401, body)).toEqual({
			status: 'Error',
			message: `Whipscribe refuses this credential: ${words}`,
		});
	});

	it('says why where no answer comes', async () => {
		nock(BASE_URL)
			.get(/.*/)
			.replyWithError(Object.assign(new Error('connect ECONNREFUSED'), {}));
		const type = types.find(({ name }) => name === 'whipscribeApi')!;

		expect(await testCredential(type, USES.whipscribeApi!.credential)).toEqual({
			status: 'Error',
			message: 'connect ECONNREFUSED',
		});
	});
});
