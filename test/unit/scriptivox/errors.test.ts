import { detailsOf } from '../harness';
import { chosen, api, expectExplained, ID, jsonOf, run } from './support';

/** The synchronous errors of the Scriptivox API reference. */
const REFUSALS = [
	[400, 'INVALID_REQUEST'],
	[400, 'INVALID_FILENAME'],
	[400, 'INVALID_MEDIA_FORMAT'],
	[400, 'FILE_NOT_UPLOADED'],
	[400, 'FILE_TOO_LARGE'],
	[400, 'UPLOAD_ALREADY_USED'],
	[400, 'UPLOAD_EXPIRED'],
	[401, 'INVALID_API_KEY'],
	[401, 'API_KEY_REVOKED'],
	[402, 'ZERO_BALANCE'],
	[402, 'INSUFFICIENT_BALANCE'],
	[404, 'UPLOAD_NOT_FOUND'],
	[404, 'TRANSCRIPTION_NOT_FOUND'],
	[404, 'NOT_FOUND'],
	[405, 'METHOD_NOT_ALLOWED'],
	[409, 'CONFLICT'],
	[413, 'PAYLOAD_TOO_LARGE'],
	[415, 'UNSUPPORTED_MEDIA_TYPE'],
	[422, 'IDEMPOTENCY_KEY_CONFLICT'],
] as const;

/** The errors of a failed job in the Scriptivox API reference. */
const FAILURES = [
	'URL_NOT_ACCESSIBLE',
	'DOWNLOAD_FAILED',
	'INVALID_MEDIA_FORMAT',
	'DURATION_TOO_LONG',
	'PROCESSING_ERROR',
	'CREATED_TIMEOUT',
	'DOWNLOAD_TIMEOUT',
	'PROCESSING_TIMEOUT',
	'BILLING_ERROR',
	'INTERNAL_ERROR',
	'CANCELLED',
];

const transcribe = async () =>
	await run('transcription', 'transcribe', {
		inputType: 'url',
		url: 'https://files.example/meeting.mp3',
		wait: 'none',
	});
const envelope = (code: string) => ({ error: { code, message: `Because of ${code}` } });

describe('what Scriptivox refuses', () => {
	it.each(REFUSALS)('is explained: %d %s', async (status, code) => {
		api().post('/v1/transcribe').reply(status, envelope(code));

		await expectExplained(transcribe(), { status, code });
	});

	it('is explained with a hint of its own for each code', async () => {
		const hints = new Set<unknown>();
		for (const [status, code] of REFUSALS) {
			api().post('/v1/transcribe').reply(status, envelope(code));
			const [item] = await run(
				'transcription',
				'transcribe',
				{ inputType: 'url', url: 'https://files.example/a.mp3' },
				{ continueOnFail: true },
			);
			expect(item!.json).toMatchObject({ details: { code } });
			hints.add(detailsOf(item).description);
		}

		expect(hints.has('Check the node’s fields and the credential.')).toBe(false);
		expect(hints.size).toBeGreaterThanOrEqual(15);
	});

	it('is waited out where another request holds the same key, because its job is on the way', async () => {
		api().post('/v1/transcribe').reply(409, envelope('IDEMPOTENCY_KEY_LOCKED'));
		api().post('/v1/transcribe').reply(200, { id: ID, status: 'created' });

		expect(await jsonOf(transcribe())).toMatchObject({ id: ID });
	});

	it('is explained after 429 has lasted too long', async () => {
		const code = 'RATE_LIMIT_EXCEEDED';
		api().post('/v1/transcribe').times(6).reply(429, envelope(code), { 'Retry-After': '1' });

		await expectExplained(transcribe(), { status: 429, code });
	});

	it('is explained after 500 has lasted too long', async () => {
		api().post('/v1/transcribe').times(6).reply(500, envelope('INTERNAL_ERROR'));

		await expectExplained(transcribe(), { status: 500, code: 'INTERNAL_ERROR' });
	});
});

describe('a job that failed', () => {
	it.each(FAILURES)('is explained: %s', async (code) => {
		api()
			.get(`/v1/transcribe/${ID}`)
			.reply(200, { id: ID, status: 'failed', ...envelope(code) });

		const [item] = await run('transcription', 'wait', chosen(ID), { continueOnFail: true });

		expect(item!.json).toMatchObject({ details: { code, httpStatus: null } });
		expect(item!.json.error).toBe(
			`Scriptivox could not transcribe the recording: Because of ${code} (${code}) [item 0]`,
		);
		expect(detailsOf(item).description).toContain(ID);
	});

	it.each([
		['no error', { id: ID, status: 'failed' }],
		['an error of null', { id: ID, status: 'failed', error: null }],
		['an error that is text', { id: ID, status: 'failed', error: 'oops' }],
		['a code that nobody knows', { id: ID, status: 'failed', error: { code: 'NEW_CODE' } }],
	])('is told even with %s', async (_what, job) => {
		api().get(`/v1/transcribe/${ID}`).reply(200, job);

		const [item] = await run('transcription', 'wait', chosen(ID), { continueOnFail: true });

		expect(item!.json.error).toContain('Scriptivox could not transcribe the recording');
		expect(detailsOf(item).description).toContain(ID);
	});
});
