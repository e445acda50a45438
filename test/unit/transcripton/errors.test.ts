import { detailsOf, errorOf } from '../harness';
import { api, chosen, envelope, expectExplained, expectNoSecretIn, ID, KEY, run } from './support';

/** The errors of the Transcripton API reference that are no matter of waiting. */
const REFUSALS = [
	[400, 'unsupported_format'],
	[400, 'unsupported_language'],
	[401, 'invalid_api_key'],
	[402, 'quota_exceeded'],
	[402, 'translation_quota_exceeded'],
	[403, 'email_not_verified'],
	[403, 'polish_requires_paid_plan'],
	[403, 'summarize_requires_paid_plan'],
	[403, 'translation_not_in_plan'],
	[404, 'not_found'],
	[409, 'job_not_ready'],
	[413, 'file_too_large'],
	[413, 'file_too_long'],
] as const;

const FROM_URL = '/api/v1/jobs/from-url';
const transcribe = async (continueOnFail = false) =>
	await run(
		'job',
		'transcribe',
		{ inputType: 'url', url: 'https://files.example/meeting.mp3', wait: 'none' },
		{ continueOnFail },
	);

describe('what Transcripton refuses', () => {
	it.each(REFUSALS)('is explained: %d %s', async (status, code) => {
		api().post(FROM_URL).reply(status, envelope(code));

		await expectExplained(transcribe(), { status, code });
	});

	it('has a hint for each code', async () => {
		for (const [status, code] of REFUSALS) {
			api().post(FROM_URL).reply(status, envelope(code));
			const [item] = await transcribe(true);
			expect(item!.json).toMatchObject({ details: { code, httpStatus: status } });
			expect(detailsOf(item).description).not.toContain('Check the node’s fields');
		}
	});

	it('is told with the figures that come with it', async () => {
		const figures = { minutes_used: 600, minutes_limit: 600, plan: 'pro', other: { a: 1 } };
		api().post(FROM_URL).reply(402, envelope('quota_exceeded', figures));

		const error = await errorOf(transcribe());

		expect(error.message).toContain(
			'Because of quota_exceeded: minutes_used 600, minutes_limit 600, plan pro (quota_exceeded)',
		);
	});

	it.each([
		['asr_quota_exceeded', FROM_URL],
		['translation_unavailable', FROM_URL],
	])('is explained after %s has lasted too long', async (code, path) => {
		api().persist().post(path).reply(503, envelope(code));

		await expectExplained(transcribe(), { status: 503, code });
	});

	it('is explained after 429 has lasted too long', async () => {
		api().post(FROM_URL).times(6).reply(429, envelope('rate_limited'), { 'Retry-After': '1' });

		await expectExplained(transcribe(), { status: 429, code: 'rate_limited' });
	});

	it.each([
		['a sentence', { detail: 'Method Not Allowed' }, 'Method Not Allowed'],
		[
			'a list of fields',
			{ detail: [{ loc: ['body', 'url'], msg: 'Field required', type: 'missing' }] },
			'body.url: Field required',
		],
		['a code that nobody knows', envelope('brand_new'), 'Because of brand_new (brand_new)'],
		['an envelope of another kind', { error: 'no' }, 'HTTP 422'],
		['nothing', '', 'HTTP 422'],
	])('is told where it comes as %s', async (_what, body, words) => {
		api().post(FROM_URL).reply(422, body);

		const error = await errorOf(transcribe());

		expect(error.message).toBe(
			`Transcripton refused the request to start a job: ${words} [item 0]`,
		);
	});

	it('shows no key that the reply repeats', async () => {
		api()
			.get(`/api/v1/jobs/${ID}`)
			.reply(404, { detail: { code: 'not_found', message: `No job for ${KEY}` } });

		expectNoSecretIn(await errorOf(run('job', 'get', chosen())));
	});
});
