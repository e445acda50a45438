import { errorOf } from '../harness';
import { api, chosen, envelope, expectExplained, ID, QUEUED, run } from './support';

/** The errors of the Whipscribe API docs, and those that were seen live. */
const REFUSALS = [
	[400, 'BAD_ID'],
	[400, 'BAD_URL'],
	[400, 'BAD_IDEMPOTENCY_KEY'],
	[401, 'MISSING_API_KEY'],
	[401, 'INVALID_API_KEY'],
	[401, 'AUTH_REQUIRED'],
	[401, 'AUTHENTICATION_REQUIRED'],
	[402, 'NO_CREDITS'],
	[402, 'transcript_locked'],
	[404, 'NOT_FOUND'],
	[409, 'FEATURES_NOT_READY'],
	[410, 'AUDIO_EXPIRED'],
	[410, 'AUDIO_MISSING'],
	[413, 'FILE_TOO_LARGE'],
	[415, 'BAD_MIME'],
	[422, 'BAD_SOURCE'],
] as const;

const PATH = '/api/v1/transcribe/url';
const transcribe = async () =>
	await run('job', 'transcribe', {
		inputType: 'url',
		url: 'https://files.example/meeting.mp3',
		wait: 'none',
	});

describe('what Whipscribe refuses', () => {
	it.each(REFUSALS)('is explained: %d %s', async (status, code) => {
		api().post(PATH).reply(status, envelope(code));

		await expectExplained(transcribe(), { status, code });
	});

	it('is explained with a hint of its own, not with a general one', async () => {
		for (const [status, code] of REFUSALS) {
			api().post(PATH).reply(status, envelope(code));
			const { description } = await errorOf(transcribe());
			expect(description).not.toContain('Check the node’s fields and the credential.');
		}
	});

	it('is explained with where to buy hours where the reply says it', async () => {
		const extras = { credits: { hours: 0 }, upgrade_url: 'https://whipscribe.com/pricing?u=1' };
		api().post(PATH).reply(402, envelope('NO_CREDITS', extras));

		const { description } = await errorOf(transcribe());

		expect(description).toContain('run the node again: https://whipscribe.com/pricing');
	});

	it.each([
		['a sentence', { detail: 'Not authenticated' }, 'Not authenticated'],
		[
			'a list of flaws',
			{ detail: [{ loc: ['body', 'url'], msg: 'field required', type: 'missing' }] },
			'body.url: field required',
		],
		[
			'an object',
			{ detail: { code: 'AUTH_REQUIRED', message: 'Sign in' } },
			'Sign in (AUTH_REQUIRED)',
		],
		['an error that is an object', { error: { code: 'X', message: 'Nope' } }, 'Nope (X)'],
		['a code alone', { code: 'BAD_URL' }, 'BAD_URL'],
		['nothing that is known', { message: 'hm' }, 'HTTP 422'],
		['text', 'Unprocessable', 'HTTP 422'],
	])('is told where the reply is %s', async (_what, reply, words) => {
		api().post(PATH).reply(422, reply);

		await expect(transcribe()).rejects.toThrow(words);
	});

	it('is tried again after 429, after the time that the reply names', async () => {
		api().post(PATH).reply(429, envelope('RATE_LIMITED'), { 'Retry-After': '7' });
		api().post(PATH).reply(429, envelope('RATE_LIMITED'));
		api().post(PATH).reply(202, QUEUED);

		await transcribe();
	});

	it.each([
		[429, 'RATE_LIMITED'],
		[429, 'QUOTA_EXCEEDED'],
		[502, 'BACKEND_ERROR'],
		[502, 'BACKEND_UNREACHABLE'],
	])('is explained after %d %s has lasted too long', async (status, code) => {
		api().persist().post(PATH).reply(status, envelope(code));

		await expectExplained(transcribe(), { status, code });
	});

	it('is explained with where to buy hours where a quota, not a limit, is used up', async () => {
		api().post(PATH).times(6).reply(429, envelope('QUOTA_EXCEEDED'));

		expect((await errorOf(transcribe())).description).toContain('Buy hours with Whipscribe');
	});

	it('is tried again on a read after 5xx', async () => {
		api().get(`/api/v1/jobs/${ID}`).reply(503, 'Service Unavailable');
		api().get(`/api/v1/jobs/${ID}`).reply(200, QUEUED);

		await run('job', 'get', chosen());
	});
});
