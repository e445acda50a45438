import nock from 'nock';

import { MediaScribeApi } from '../../../credentials/MediaScribeApi.credentials';
import { testCredential } from '../harness';
import { appliance, BASE_URL, IDLE, TOKEN } from './support';

const test = async (baseUrl = BASE_URL) =>
	await testCredential(new MediaScribeApi(), { apiToken: TOKEN, baseUrl });

const status = () => appliance().get('/api/control/status');

describe('the test of the MediaScribe credential', () => {
	it.each([BASE_URL, `${BASE_URL}/`])(
		'passes at %s where the appliance answers',
		async (baseUrl) => {
			status().reply(200, IDLE);

			expect(await test(baseUrl)).toEqual({ status: 'OK', message: 'Connection successful!' });
		},
	);

	it.each([401, 403, 404, 500])('fails after HTTP %d', async (code) => {
		// n8n sends a request again after a 401
		status().times(2).optionally().reply(code, {});

		const { status: verdict, message } = await test();

		expect(verdict).toBe('Error');
		expect(message).not.toContain(TOKEN);
		nock.cleanAll();
	});

	it.each([
		['a web page', '<html>Router login</html>', { 'content-type': 'text/html' }],
		['JSON of something else', { ok: true }, {}],
	])('fails where %s answers', async (_what, body, headers) => {
		status().reply(200, body, headers);

		expect(await test()).toEqual({
			status: 'Error',
			message: 'Something answers at this Base URL, but it is no MediaScribe appliance',
		});
	});

	it('does not carry the token to where it is redirected', async () => {
		const tokens: unknown[] = [];
		status().reply(302, '', { Location: 'https://elsewhere.example/login' });
		nock('https://elsewhere.example')
			.get('/login')
			.optionally()
			.reply(function () {
				tokens.push(this.req.headers.authorization);
				return [200, IDLE];
			});

		expect((await test()).status).toBe('Error');
		expect(tokens).toEqual([]);
		nock.cleanAll();
	});
});
