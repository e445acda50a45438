import { createRunExecutionData } from 'n8n-workflow';

import {
	binaryItem,
	callsOf,
	errorOf,
	everythingSaidBy,
	JOBS_STARTED,
	STAGE_KEY,
	useStage,
} from '../../harness';
import { UnitCredentialsHelper } from '../../harness/credentials';
import type { OperationCall } from '../../../everyOperation/operations';
import { UUID } from '../../../everyOperation/operations';
import type { Meddling, StageCall } from '../../../everyOperation/stage';

const stage = useStage();
const WAITING = [
	...JOBS_STARTED,
	...callsOf(/(transcription|job) wait$/, /job polish/, /job summarize/, /translation create/),
];
const READ_WITH: Record<string, string> = {
	scriptivox: 'Transcription: Wait or Transcription: Get',
	whipscribe: 'Job: Wait or Job: Get Transcript',
	transcripton: 'Job: Wait or Job: Get',
	scripe: 'Job: Wait or Job: Get',
};
const isLook = ({ call }: StageCall) => /^GET \/(jobs|transcribe)\/[^?]+$/.test(call);
const idOf = ({ provider }: OperationCall) => (provider === 'scripe' ? 'job_5gH6iJ7kL8' : UUID);
const nameOf = ({ provider }: OperationCall) => provider[0]!.toUpperCase() + provider.slice(1);
const running = ({ provider }: { provider: string }): Meddling => ({
	status: 200,
	body:
		provider === 'scripe'
			? { data: { id: 'job_5gH6iJ7kL8', status: 'RUNNING' } }
			: { id: UUID, job_id: UUID, status: 'processing' },
});
const options = { waitUntilReady: true, timeoutMinutes: 5 };

afterEach(() => jest.restoreAllMocks());

/** What n8n shows of an execution besides what its nodes put out. */
const customDataOf = (data: ReturnType<typeof createRunExecutionData>) =>
	data.resultData.metadata ?? {};

describe.each(WAITING)('whatever ends the wait of %s, its job stays in sight:', (_name, call) => {
	const ID = idOf(call);
	const goesOn = `The job ${ID} keeps running at ${nameOf(call)}; use ${READ_WITH[call.provider]} with its ID.`;

	it.each<[string, number]>([
		['a key that was revoked', 401],
		['a permission that was taken away', 403],
		['a request that is refused', 400],
		['a balance that is empty', 402],
	])('%s', async (_what, status) => {
		stage.meddle = (one) => (isLook(one) ? { status, body: {} } : undefined);

		const error = await errorOf(stage.run(call, options));

		expect(error.message).toMatch(new RegExp(`HTTP ${status} \\(job ${ID}\\) \\[item 0\\]$`));
		expect(error.description).toContain(goesOn);
		expect(error.context).toMatchObject({ jobId: ID, httpStatus: status });
	});

	it.each([404, 410])('a job that is gone (%d), which does not go on', async (status) => {
		stage.meddle = (one) => (isLook(one) ? { status, body: {} } : undefined);

		const error = await errorOf(stage.run(call, options));

		expect(error.message).toContain(`(job ${ID})`);
		expect(error.description).toContain(`The job has the ID ${ID}.`);
		expect(error.description).not.toContain('goes on with');
	});

	it('a credential that was deleted before n8n runs the node again', async () => {
		const runExecutionData = createRunExecutionData({});
		stage.meddle = (one) => (isLook(one) ? { status: 401, body: {} } : undefined);
		await errorOf(stage.run(call, options, { runExecutionData }));
		jest
			.spyOn(UnitCredentialsHelper.prototype, 'getDecrypted')
			.mockRejectedValue(new Error('Credential with ID "7" does not exist'));

		const error = await errorOf(stage.run(call, options, { runExecutionData }));

		expect(error.message).toBe(`Credential with ID "7" does not exist (job ${ID}) [item 0]`);
		expect(error.description).toBe(goesOn);
	});

	it('the time limit, which names it once', async () => {
		stage.meddle = (one) => (isLook(one) ? running(call) : undefined);

		const error = await errorOf(stage.run(call, options));

		expect(error.message.split(ID)).toHaveLength(2);
		expect(error.message).toMatch(/has not finished within 5 minutes: job/);
		expect(error.context).toMatchObject({ jobId: ID });
	});

	it('a job that failed, which names it once', async () => {
		stage.meddle = (one) =>
			isLook(one)
				? {
						status: 200,
						body:
							call.provider === 'scripe'
								? { data: { id: ID, status: 'FAILED' } }
								: { id: ID, job_id: ID, status: 'failed' },
					}
				: undefined;

		const error = await errorOf(stage.run(call, options));

		expect(error.description).toContain(`Its job has the ID ${ID}.`);
		expect(error.description).not.toContain('goes on');
		expect(error.message).not.toContain(ID);
	});

	it('Stop, and the time limit of the workflow', async () => {
		const stop = new AbortController();
		const runExecutionData = createRunExecutionData({});
		stage.meddle = (one) => {
			if (isLook(one)) stop.abort();
			return isLook(one) ? running(call) : undefined;
		};

		const error = await errorOf(
			stage.run(call, options, { signal: stop.signal, runExecutionData }),
		);

		// n8n takes an error for a cancellation by this word
		expect(error.message).toBe(`Execution canceled: job ${ID} keeps running at ${nameOf(call)}`);
		expect(error.description).toContain(`Use ${READ_WITH[call.provider]} with the ID of a job.`);
		expect(customDataOf(runExecutionData)).toMatchObject({
			jobs_under_way: `${nameOf(call)} ${ID}`,
		});
		expect(everythingSaidBy(error)).not.toContain(STAGE_KEY);
	});

	it('an error item, where the node goes on', async () => {
		stage.meddle = (one) => (isLook(one) ? { status: 401, body: {} } : undefined);

		const [item] = await stage.run(call, options, { continueOnFail: true });

		expect(item!.json.error).toContain(`(job ${ID})`);
		expect(item!.json.details).toMatchObject({ description: expect.stringContaining(goesOn) });
		expect(item!.json).not.toHaveProperty('claimToken');
	});

	it('nothing is written beside an execution that ends well', async () => {
		const runExecutionData = createRunExecutionData({});
		const stop = new AbortController();

		await stage.run(call, options, { runExecutionData, signal: stop.signal });
		stop.abort();

		expect(customDataOf(runExecutionData)).toEqual({});
	});
});

describe('several jobs of one node', () => {
	const transcribing = JOBS_STARTED.filter(([, { operation }]) => operation === 'transcribe');

	it.each(transcribing)('are all named when the execution is stopped: %s', async (_name, call) => {
		const stop = new AbortController();
		const runExecutionData = createRunExecutionData({});
		let started = 0;
		stage.meddle = (one) => {
			if (/^POST \/(transcribe|jobs)/.test(one.call)) {
				started += 1;
				const id = `job-${started}`;
				return { status: 200, body: { id, job_id: id, status: 'queued' } };
			}
			if (!isLook(one)) return undefined;
			if (started === 3) stop.abort();
			return running(call);
		};
		const items = await Promise.all(
			['a', 'b', 'c'].map(async (one) => await binaryItem(Buffer.from(one))),
		);
		const setup = { items, runExecutionData, signal: stop.signal, retryOnFail: true };

		const error = await errorOf(stage.run(call, options, setup));
		// n8n runs the node again all the same
		const again = await errorOf(stage.run(call, options, setup));

		for (const { message } of [error, again]) {
			expect(message).toMatch(
				/^Execution canceled: 3 jobs go on with \w+: job-\d, job-\d, job-\d$/,
			);
		}
		expect(started).toBe(3);
		expect(String(customDataOf(runExecutionData).jobs_under_way).split(', ')).toHaveLength(3);
	});
});

describe('many jobs of one node', () => {
	const transcribing = JOBS_STARTED.filter(([, { operation }]) => operation === 'transcribe');

	it.each(transcribing)('are all named, those that have ended too: %s', async (_name, call) => {
		const stop = new AbortController();
		const runExecutionData = createRunExecutionData({});
		const idOfStart = (number: number) => `${UUID.slice(0, -3)}${100 + number}`;
		let started = 0;
		stage.meddle = (one) => {
			if (/^POST \/(transcribe|jobs)/.test(one.call)) {
				started += 1;
				const id = idOfStart(started);
				return { status: 200, body: { id, job_id: id, status: 'queued' } };
			}
			const hasEnded = [...Array(10).keys()].some((n) => one.call.includes(idOfStart(n + 1)));
			if (!isLook(one) || hasEnded) return undefined;
			if (started === 30) stop.abort();
			return running(call);
		};
		const items = await Promise.all(
			Array.from({ length: 30 }, async (_, n) => await binaryItem(Buffer.from(`file ${n}`))),
		);
		const setup = { items, runExecutionData, signal: stop.signal };

		const error = await errorOf(stage.run(call, { ...options, maxParallel: 20 }, setup));

		expect(error.message).toMatch(/^Execution canceled: \d+ jobs go on with/);
		expect(error.description).toContain(`Jobs that have ended: ${idOfStart(1)}`);
		const texts = Object.entries(customDataOf(runExecutionData));
		for (const [, text] of texts) expect(String(text).length).toBeLessThanOrEqual(512);
		const noted = texts.map(([, text]) => String(text)).join(', ');
		for (let number = 1; number <= started; number++) {
			expect(noted).toContain(`${nameOf(call)} ${idOfStart(number)}`);
		}
	});
});

describe('the claim token of a guest', () => {
	const TOKEN = 'claim-token-of-the-guest';
	const whipscribe = [
		...callsOf(/whipscribe job transcribe/),
		...callsOf(/whipscribe job wait/).map(([name, call]): [string, OperationCall] => [
			name,
			{ ...call, parameters: { ...call.parameters, options: { claimToken: TOKEN } } },
		]),
	];
	const asGuest = (look: Meddling) => {
		stage.meddle = (one) => {
			if (one.call.startsWith('POST /transcribe')) {
				return { status: 202, body: { job_id: UUID, status: 'queued', claim_token: TOKEN } };
			}
			return isLook(one) ? look : undefined;
		};
	};

	it.each(whipscribe)('stands in the error item beside the error: %s', async (_name, call) => {
		asGuest({ status: 401, body: {} });

		for (const onError of ['continueRegularOutput', 'continueErrorOutput'] as const) {
			const [item] = await stage.run(call, options, { onError });
			expect(item!.json).toMatchObject({ error: expect.stringContaining(UUID), claimToken: TOKEN });
			expect(item!.json.error).not.toContain(TOKEN);
			expect(JSON.stringify(item!.json.details)).not.toContain(TOKEN);
		}
	});

	it.each(whipscribe)(
		'stands in the error’s details where the node stops: %s',
		async (_n, call) => {
			asGuest({ status: 401, body: {} });

			const error = await errorOf(stage.run(call, options));

			expect(error.context).toMatchObject({ claimToken: TOKEN, jobId: UUID });
			expect(`${error.message} ${String(error.description)}`).not.toContain(TOKEN);
		},
	);

	it.each(whipscribe)('stands in the custom data of one that is stopped: %s', async (_n, call) => {
		const stop = new AbortController();
		const runExecutionData = createRunExecutionData({});
		asGuest(running(call));
		const { calls } = stage;
		jest.spyOn(calls, 'push').mockImplementation((one) => {
			if (isLook(one)) stop.abort();
			return 0;
		});

		const setup = { signal: stop.signal, runExecutionData };
		const error = await errorOf(stage.run(call, options, setup));

		expect(customDataOf(runExecutionData)).toMatchObject({ claim_tokens: `${UUID}=${TOKEN}` });
		expect(error.message).not.toContain(TOKEN);
	});

	it('goes along with the looks of a retry', async () => {
		asGuest({ status: 401, body: {} });
		const runExecutionData = createRunExecutionData({});
		const [, call] = whipscribe[0]!;

		await errorOf(stage.run(call, options, { runExecutionData }));
		asGuest(undefined);
		const again = { runExecutionData: structuredClone(runExecutionData), executionId: '1002' };
		const [item] = await stage.run(call, options, again);

		expect(item!.json).toMatchObject({ status: 'completed', claimToken: TOKEN });
		expect(stage.calls.at(-1)!.headers['x-claim-token']).toBe(TOKEN);
	});
});
