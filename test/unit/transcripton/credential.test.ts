import nock from 'nock';

import { TranscriptonApi } from '../../../credentials/TranscriptonApi.credentials';
import { testCredential } from '../harness';
import { api, envelope, KEY, SECRET } from './support';

const VENDOR = 'https://api.transcription.solutions/api/v1';
const test = async (baseUrl = VENDOR) =>
	await testCredential(new TranscriptonApi(), { apiKey: KEY, webhookSecret: SECRET, baseUrl });

describe('the test of the Transcripton credential', () => {
	it('passes with a key that may list jobs, and does not need the secret', async () => {
		api().get('/api/v1/jobs').query({ page: 1, limit: 1 }).reply(200, { jobs: [] });

		expect(await test()).toEqual({ status: 'OK', message: 'Connection successful!' });
	});

	it.each([
		[401, 'invalid_api_key'],
		[403, 'email_not_verified'],
		[404, 'not_found'],
	])('fails after %d %s', async (status, code) => {
		api().get('/api/v1/jobs').query(true).times(2).reply(status, envelope(code));

		const { status: verdict, message } = await test();

		expect(verdict).toBe('Error');
		expect(message).not.toContain(KEY);
		nock.cleanAll();
	});

	it('uses the base URL', async () => {
		nock('http://127.0.0.1:8080', { reqheaders: { 'x-api-key': KEY } })
			.get('/api/jobs')
			.query(true)
			.reply(200, { jobs: [] });

		expect((await test('http://127.0.0.1:8080/api')).status).toBe('OK');
	});

	it('does not carry the key to where it is redirected', async () => {
		const keys: unknown[] = [];
		api()
			.get('/api/v1/jobs')
			.query(true)
			.reply(302, '', { Location: 'https://elsewhere.example/jobs' });
		nock('https://elsewhere.example')
			.get('/jobs')
			.optionally()
			.reply(function () {
				keys.push(this.req.headers['x-api-key']);
				return [200, {}];
			});

		const { status } = await test();

		expect(keys.filter(Boolean)).toEqual([]);
		expect(status).toBe('Error');
		nock.cleanAll();
	});
});
