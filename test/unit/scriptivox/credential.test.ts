import nock from 'nock';

import { ScriptivoxApi } from '../../../credentials/ScriptivoxApi.credentials';
import { testCredential } from '../harness';
import { api, KEY } from './support';

const VENDOR = 'https://api.scriptivox.com/v1';
const test = async (baseUrl = VENDOR) =>
	await testCredential(new ScriptivoxApi(), { apiKey: KEY, baseUrl });

describe('the test of the Scriptivox credential', () => {
	it('passes with a key that may read the balance', async () => {
		api().get('/v1/balance').reply(200, { balance_cents: 100 });

		expect(await test()).toEqual({ status: 'OK', message: 'Connection successful!' });
	});

	it.each([401, 402, 403, 404, 500])('fails after HTTP %d', async (status) => {
		nock('https://api.scriptivox.com')
			.get('/v1/balance')
			.times(2)
			.optionally()
			.reply(status, { error: { code: 'INVALID_API_KEY', message: 'Invalid API key' } });

		const { status: verdict, message } = await test();

		expect(verdict).toBe('Error');
		expect(message).not.toContain(KEY);
		nock.cleanAll();
	});

	it.each([
		['a web page', '<html></html>'],
		['another service', { status: 'ok' }],
	])('fails where %s answers in the place of the API', async (_, body) => {
		api().get('/v1/balance').reply(200, body);

		expect(await test()).toEqual({
			status: 'Error',
			message: 'The Base URL does not lead to the API of Scriptivox',
		});
	});

	it('uses the base URL, with or without a slash at its end', async () => {
		const mirror = () =>
			nock('http://127.0.0.1:8080', { reqheaders: { authorization: KEY } }).get('/api/balance');
		mirror().reply(200, { balance_cents: 0 });
		mirror().reply(200, { balance_cents: 0 });

		expect((await test('http://127.0.0.1:8080/api')).status).toBe('OK');
		expect((await test('http://127.0.0.1:8080/api/')).status).toBe('OK');
	});

	it('does not carry the key to where it is redirected', async () => {
		const keys: unknown[] = [];
		api().get('/v1/balance').reply(302, '', { Location: 'https://elsewhere.example/v1/balance' });
		nock('https://elsewhere.example')
			.get('/v1/balance')
			.optionally()
			.reply(function () {
				keys.push(this.req.headers.authorization);
				return [200, {}];
			});

		const { status } = await test();

		expect(keys.filter(Boolean)).toEqual([]);
		expect(status).toBe('Error');
		nock.cleanAll();
	});
});
