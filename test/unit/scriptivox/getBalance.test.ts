import { errorOf } from '../harness';
import { api, run } from './support';

describe('reading the balance', () => {
	it('gives it as Scriptivox does', async () => {
		const balance = {
			balance_cents: 1250,
			reserved_cents: 20,
			available_cents: 1230,
			price_per_hour_cents: 20,
			estimated_hours_available: 61.5,
			deposit_url: 'https://platform.scriptivox.com/billing',
			updated_at: '2026-11-22T11:00:00Z',
		};
		api().get('/v1/balance').reply(200, balance);

		expect(await run('account', 'getBalance')).toEqual([
			{ json: balance, pairedItem: { item: 0 } },
		]);
	});

	it('explains a wrong key', async () => {
		api()
			.get('/v1/balance')
			.reply(401, { error: { code: 'INVALID_API_KEY', message: 'Invalid API key' } });

		const error = await errorOf(run('account', 'getBalance'));

		expect(error.message).toBe(
			'Scriptivox refused the request to read the balance: Invalid API key (INVALID_API_KEY) [item 0]',
		);
		expect(error.description).toContain('Open the credential');
	});
});
