import nock from 'nock';
import { N8nClient, N8nRequestError } from '../../dev/n8n/client';

const URL = 'http://127.0.0.1:5678';
const PATH = '/rest/workflows';

describe('what the tests ask of n8n', () => {
	const client = new N8nClient(URL);

	it.each(['GET', 'POST'])(
		'is asked again while n8n takes its database for lost: %s',
		async (method) => {
			const lost = { code: 503, message: 'Database is not ready!' };
			nock(URL).intercept(PATH, method).times(2).reply(503, lost);
			nock(URL).intercept(PATH, method).reply(200, { data: 'here' });

			expect(await client.request(method, PATH)).toBe('here');
		},
	);

	it.each([503, 500, 404])('fails at once with any other answer of %i', async (status) => {
		nock(URL).get(PATH).reply(status, { message: 'No' });

		const asked = client.request('GET', PATH);
		await expect(asked).rejects.toThrow(N8nRequestError);
		await expect(asked).rejects.toMatchObject({ status });
	});
});
