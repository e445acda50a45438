import type { Items } from './codeNode';
import { runCode } from './codeNode';

const TEMPLATE = 'transcript-to-posts';

describe('what a person decides about a draft', () => {
	const draft = { postId: 'post-1', post: 'Three things\nwe learned.' };
	const decided = async (answer: Record<string, unknown>) => {
		const others = { 'Note Draft': [draft] };
		return (await runCode(TEMPLATE, 'What Was Decided', [answer], others))[0]!.json;
	};

	it.each([
		['as it was', draft.post],
		['with the line ends of a form', 'Three things\r\nwe learned.'],
		['with other white space', ' Three  things\n\nwe learned. '],
		['emptied', ''],
		['not sent', undefined],
	])('keeps the draft that is approved %s', async (_what, text) => {
		expect(await decided({ Decision: 'Approve', Post: text, Note: 'Yes' })).toEqual({
			state: 'approved',
			isChanged: false,
			...draft,
			note: 'Yes',
		});
	});

	it('takes the text that was approved with other words', async () => {
		const text = 'Two things\r\nwe learned.';

		expect(await decided({ Decision: 'Approve', Post: text })).toEqual({
			state: 'approved',
			isChanged: true,
			postId: 'post-1',
			post: text,
			note: '',
		});
	});

	it.each([
		['rejected', { Decision: 'Reject', Post: 'Other words', Note: null }],
		['undecided', {}],
		['undecided', { Decision: 'Perhaps' }],
	])('is %s for %j, whatever the text', async (state, answer) => {
		expect(await decided(answer)).toEqual({ state, isChanged: false, ...draft, note: '' });
	});
});

describe('what a chat is told of a draft', () => {
	const shown = async (content: unknown) =>
		(await runCode(TEMPLATE, 'Draft Message', [{ post: { content } }]))[0]!.json.draft;

	it.each([
		['as it is, line by line', 'Three things:\r\n\n1. "This" 🌱', 'Three things:\n\n1. "This" 🌱'],
		['nothing where there is none', undefined, ''],
		['no mention of all', 'Hi <!channel> & <@U1>', 'Hi &lt;!channel&gt; &amp; &lt;@U1&gt;'],
		[
			'no link under another name',
			'<https://a.example|Scripe>',
			'&lt;https://a.example|Scripe&gt;',
		],
		['no mention in other chats', '@here and @all', '@\u200bhere and @\u200ball'],
		['its beginning, whole characters', '🌱'.repeat(501), `${'🌱'.repeat(500)} …`],
	])('is %s', async (_what, content, draft) => {
		expect(await shown(content)).toBe(draft);
	});
});

describe('a transcript without a post', () => {
	const ROW = { id: 3, transcriptionId: 'tr-1', owner: '7', post: null, note: null };
	const SETTINGS = { Settings: [{ approvalDays: 14 }] };

	async function trouble(given: Record<string, unknown>, others: Record<string, Items> = {}) {
		const nodes = { ...SETTINGS, 'First Claim': [ROW], ...others };
		const [{ json }] = (await runCode(TEMPLATE, 'What Went Wrong', [given], nodes)) as [
			{ json: Record<string, unknown> },
		];
		return json;
	}

	const refused = (httpStatus: number | null, code: string | null, error = 'No') => ({
		error,
		details: { httpStatus, code, description: null },
	});
	const SENT = { 'Create Source': [{ sourceId: 's' }] };

	it.each([
		['the daily cap is used up', refused(402, 'spend_cap_exceeded')],
		['the key is not accepted', refused(401, 'unauthorized')],
		['the key lacks a scope', refused(403, 'scope_missing')],
		['the version is none', refused(400, 'version_unsupported')],
		['its key is locked', refused(409, 'JOB_LOCKED')],
		['a page stands in between', refused(404, null)],
		['the project is not there', refused(404, 'not_found')],
		['the limit is reached', refused(429, 'rate_limited')],
		['Scripe is away', refused(503, null)],
		['Scripe is in trouble', refused(500, 'internal')],
		['nobody answers', refused(null, 'ECONNREFUSED')],
		['no name server answers', refused(null, 'EAI_AGAIN')],
		['a certificate has run out', refused(null, 'CERT_HAS_EXPIRED')],
		['the draft takes its time', refused(null, null, 'Scripe has not finished within 5 minutes')],
		['no project is chosen', refused(null, null, 'Enter the ID of a project')],
		['no credential is chosen', refused(null, null, 'Node does not have any credentials set')],
	])('stays where it is and is tried again where %s', async (_what, given) => {
		const told = await trouble(given, SENT);

		expect(told).toMatchObject({ rowId: 3, state: 'claimed' });
		expect(told.message).toBe(`A post has to wait, and is tried again: ${given.error}`);
		expect(told.triedAt).toBeGreaterThan(0);
	});

	it.each(['queued', 'processing'])('is tried again where it is still %s', async (status) => {
		expect(await trouble({ status, error: null })).toMatchObject({
			state: 'claimed',
			reason: `The transcription is ${status}, not completed`,
		});
	});

	it('is told of once, however often it is tried', async () => {
		const again = { 'First Claim': [{ ...ROW, note: 'No. Wait for tomorrow' }] };
		const given = refused(402, 'spend_cap_exceeded');

		expect(await trouble(given, again)).toMatchObject({ state: 'claimed', message: '' });
	});

	it.each([
		['Scripe takes the text for none', refused(422, 'unprocessable')],
		['the text is too large', refused(413, 'payload_too_large')],
		['the text is too long', refused(null, null, 'Text has more than 1,000,000 characters')],
		['Scripe could not write', refused(null, 'failed', 'Scripe could not write the post: x')],
		['the key was used for another text', refused(409, 'idempotency_key_conflict')],
	])('has failed where %s', async (_what, given) => {
		const failed = { state: 'failed', message: `No post was made: ${given.error}` };

		expect(await trouble(given, SENT)).toMatchObject(failed);
	});

	it.each<[string, number, Record<string, unknown>, string]>([
		['has failed', 3.01, refused(500, 'internal_error'), 'failed'],
		['waits', 2.9, refused(500, 'internal_error'), 'claimed'],
		['waits', 9, refused(402, 'spend_cap_exceeded'), 'claimed'],
		['waits', 9, refused(null, 'ECONNREFUSED'), 'claimed'],
	])('%s after %d days of %j', async (_what, days, given, state) => {
		const createdAt = new Date(Date.now() - days * 24 * 3_600_000).toISOString();
		const others = { ...SENT, 'First Claim': [{ ...ROW, createdAt }] };

		expect(await trouble(given, others)).toMatchObject({ state });
	});

	it('has failed where the transcription is gone', async () => {
		expect(await trouble(refused(404, 'NOT_FOUND'))).toMatchObject({ state: 'failed' });
	});

	it.each([
		[
			{
				status: 'failed',
				error: { code: 'PROCESSING_ERROR', message: 'The transcription failed' },
			},
			'The transcription failed (PROCESSING_ERROR)',
		],
		[{ status: 'failed', error: { code: null, message: 'It failed' } }, 'It failed'],
		[{ status: 'completed', error: null, text: '' }, 'Nothing was said in the recording'],
		[{ status: 'failed', error: null }, 'The transcription is failed, not completed'],
	])('says why: %j', async (given, reason) => {
		expect(await trouble(given)).toMatchObject({ state: 'failed', reason });
	});

	it.each([
		[
			{ status: 'completed', error: null, text: ' \n' },
			'failed',
			'Nothing was said in the recording',
		],
		[
			{ status: 'completed', error: null, text: null },
			'failed',
			'Nothing was said in the recording',
		],
		[
			{ status: 'processing', text: null },
			'claimed',
			'The transcription is processing, not completed',
		],
		[
			{ status: 'failed', error: { code: 'PROCESSING_ERROR', message: 'No' } },
			'failed',
			'No (PROCESSING_ERROR)',
		],
	])(
		'says so of a transcription without words, of which no source was made: %j',
		async (...given) => {
			const [read, state, reason] = given;
			const refusal = refused(null, null, 'Text is empty [item 0]');

			expect(await trouble(refusal, { 'Read Transcription': [read] })).toMatchObject({
				state,
				reason,
			});
		},
	);

	it.each([[[]], [[{ status: 'completed', text: 'Words' }]]])(
		'says what the step says where the transcription is not to blame: %j',
		async (read) => {
			const given = refused(503, null, 'Scripe is away');

			expect(await trouble(given, { 'Read Transcription': read })).toMatchObject({
				state: 'claimed',
				reason: 'Scripe is away',
			});
		},
	);

	it('tells a chat nothing that mentions or links somebody there', async () => {
		const given = refused(422, 'unprocessable', 'No <!channel> @here');
		const told = await trouble(given, SENT);

		expect(told.message).toBe('No post was made: No &lt;!channel&gt; @\u200bhere');
		expect(told.reason).toBe('No <!channel> @here');
	});

	it('says what to do, where the provider does', async () => {
		const given = { error: 'No', details: { httpStatus: 422, description: 'Send less' } };

		expect(await trouble(given)).toMatchObject({ reason: 'No. Send less' });
	});

	it('has failed without a row where its link could not be transcribed', async () => {
		const nodes = { ...SETTINGS };
		const given = refused(503, null, 'Scriptivox is away');
		const [told] = await runCode(TEMPLATE, 'What Went Wrong', [given], nodes);

		expect(told!.json).toMatchObject({ rowId: 0, state: 'failed' });
		expect(told!.json.message).toBe('No post was made: Scriptivox is away');
	});

	it('keeps what a person wrote where it could not be saved', async () => {
		const decision = { state: 'approved', isChanged: true, post: 'Better words' };
		const others = { ...SENT, 'What Was Decided': [decision] };

		expect(await trouble(refused(402, 'spend_cap_exceeded'), others)).toMatchObject({
			state: 'failed',
			post: 'Better words',
		});
	});

	it('is undecided where nobody decided', async () => {
		const decision = { state: 'undecided', isChanged: false, post: 'The draft' };

		expect(await trouble(decision, { 'What Was Decided': [decision] })).toMatchObject({
			state: 'undecided',
			reason: 'Nobody decided within 14 days',
			message: 'No post was made: Nobody decided within 14 days',
			post: 'The draft',
		});
	});
});
