import type { Items } from './codeNode';
import { runCode } from './codeNode';

const TEMPLATE = 'guest-uploads';
const binary = { recording: { fileName: 'talk.mp3', mimeType: 'audio/mpeg' } };
const FORM = [{ json: { email: ' Ann@Example.com ' }, binary }];
const HASH = [{ contentHash: 'c0ffee' }];

async function jsonOf(node: string, input: Items, others: Record<string, Items>) {
	return (await runCode(TEMPLATE, node, input, others)).map(({ json }) => json);
}

describe('the recording of a guest', () => {
	const others = { 'Send a Recording': FORM, 'Hash Recording': HASH };

	it('is taken from the form, which the table in between does not carry on', async () => {
		const given = await runCode(TEMPLATE, 'Take the Recording', [{ id: 7 }], others);

		expect(given).toEqual(FORM);
	});

	it('that was never sent before is new: no job, no attempt', async () => {
		const [given] = await runCode(TEMPLATE, 'With the Recording', [{}], others);

		expect(given).toEqual({
			json: {
				attempts: 0,
				email: 'ann@example.com',
				contentHash: 'c0ffee',
				sender: 'ann@example.com c0ffee',
			},
			binary,
		});
	});

	it('that was sent before comes with the newest of its jobs, and its attempts', async () => {
		const older = { id: 1, jobId: 'old', claimToken: '', state: 'failed', attempts: 1 };
		const newer = { id: 2, jobId: 'new', claimToken: 'claim_2', state: 'waiting', attempts: 2 };

		const [given] = await jsonOf('With the Recording', [older, newer], others);

		expect(given).toMatchObject({ ...newer, email: 'ann@example.com' });
	});
});

describe('a guest without a transcript', () => {
	const kept = { id: 2, claimToken: 'claim_2' };
	const sentBefore = { id: 1, claimToken: 'claim_1' };

	it('is told why the job has failed, and its token is of no use any more', async () => {
		const error = 'Whipscribe could not transcribe the recording: noise (no_speech) [item 0]';
		const others = { 'With the Recording': [sentBefore], 'Keep Claim Token': [kept] };

		expect(await jsonOf('What Happened', [{ error }], others)).toEqual([
			{
				id: 2,
				state: 'failed',
				claimToken: '',
				problem: error,
				title: 'This recording could not be transcribed',
				message: 'Whipscribe could not transcribe the recording: noise (no_speech)',
			},
		]);
	});

	it.each([
		'Whipscribe has not finished within 60 minutes: job 7 is processing',
		'Whipscribe cannot be reached: ECONNREFUSED',
		'Whipscribe is not available (503)',
		'The API key is not accepted (401)',
	])('keeps the token where nothing is wrong with the recording: %s', async (error) => {
		const others = { 'With the Recording': [sentBefore] };

		expect(await jsonOf('What Happened', [{ error }], others)).toEqual([
			expect.objectContaining({
				id: 1,
				state: 'waiting',
				claimToken: 'claim_1',
				title: 'The transcript is not there yet',
			}),
		]);
	});
});

describe('what became of the jobs that were claimed', () => {
	const rows = [1, 2, 3].map((id) => ({
		id,
		claimToken: `claim_${id}`,
		state: 'transcribed',
		jobId: `job-${id}`,
	}));
	const others = { 'Unclaimed Jobs': rows };

	it('is looked up for each of them', async () => {
		expect(await jsonOf('Each of Them', [{}], others)).toEqual(rows);
	});

	it('is told row by row: claimed, refused, not looked at', async () => {
		const refused = { error: 'No such job (NOT_FOUND)', details: { httpStatus: 404 } };
		const unread = { error: 'Not available', details: { httpStatus: 503 } };

		expect(await jsonOf('Outcome', [{ id: 'job-1' }, refused, unread], others)).toEqual([
			{ row: 1, state: 'claimed', claimToken: '', problem: '' },
			{ row: 2, state: 'not claimed', claimToken: '', problem: refused.error },
			{ row: 3, state: 'transcribed', claimToken: 'claim_3', problem: unread.error },
		]);
	});

	it.each([401, 403, 404])('is that it was not claimed where the answer is %d', async (status) => {
		const reply = { error: 'No', details: { httpStatus: status } };

		expect(await jsonOf('Outcome', [reply], others)).toMatchObject([{ state: 'not claimed' }]);
	});

	it.each([null, 429, 500, 503])('stays open where nobody has looked: %p', async (status) => {
		const reply = { error: 'No', details: { httpStatus: status } };

		expect(await jsonOf('Outcome', [reply], others)).toMatchObject([
			{ state: 'transcribed', claimToken: 'claim_1' },
		]);
	});
});

describe('rows that go through a step which keeps nothing of them', () => {
	it('are there again for the report of failed jobs', async () => {
		const rows = [{ id: 1 }, { id: 2 }];

		const given = await runCode('failed-jobs', 'Each of Them', [{}], { 'To Report': rows });

		expect(given.map(({ json }) => json)).toEqual(rows);
	});

	it('are there again for the upload of a backlog, with its file', async () => {
		const upload = [{ json: { spreadsheet: {} }, binary: { spreadsheet: { fileName: 'a.csv' } } }];

		const given = await runCode('rate-limited-backlog', 'Uploaded File', [{ id: 7 }], {
			'When a Spreadsheet Is Uploaded': upload,
		});

		expect(given).toEqual(upload);
	});
});
