import { ScripeApi } from '../../../credentials/ScripeApi.credentials';
import { testCredential } from '../harness';
import { api, envelope, KEY } from './support';

const VENDOR = 'https://api.scripe.io/v1';
const test = async (apiVersion = '2026-08-01') =>
	await testCredential(new ScripeApi(), { apiKey: KEY, apiVersion, baseUrl: VENDOR });

describe('the test of the Scripe credential', () => {
	it('asks whose the key is, in the version of the credential', async () => {
		api().get('/v1/workspaces/me').reply(200, { workspace: {}, principal: {} });

		expect(await test()).toEqual({ status: 'OK', message: 'Connection successful!' });
	});

	it.each([
		[400, 'version_unsupported'],
		[401, 'invalid_token'],
		[401, 'key_revoked'],
		[403, 'plan_not_eligible'],
		[500, 'internal_error'],
	])('fails after HTTP %d %s', async (status, code) => {
		api().get('/v1/workspaces/me').times(2).optionally().reply(status, envelope(code));

		const { status: verdict, message } = await test();

		expect(verdict).toBe('Error');
		expect(message).not.toContain(KEY);
	});
});
