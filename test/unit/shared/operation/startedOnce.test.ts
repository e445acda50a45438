import { createRunExecutionData } from 'n8n-workflow';
import type { INodeParameters, IRunExecutionData } from 'n8n-workflow';

import {
	advanceSeconds,
	binaryItem,
	callsOf,
	errorOf,
	JOBS_STARTED,
	START,
	useStage,
} from '../../harness';
import type { Run } from '../../harness';
import type { OperationCall } from '../../../everyOperation/operations';
import type { Meddling, StageCall } from '../../../everyOperation/stage';

const stage = useStage();

/** Every operation that makes something with the provider, whether it waits for it or not. */
const MAKING = [...JOBS_STARTED, ...callsOf(/source create text/, /post create/)];
const UPLOADS = callsOf(/file upload/, /upload create/);

/** Requests that make something that costs, counts or stays. */
const isStart = ({ call }: StageCall) =>
	/^POST \/(transcribe(\/url)?|jobs(\/from-url)?|sources|posts(\/generations)?)$/.test(call);
const isUpload = ({ call }: StageCall) => /^POST \/uploads?$/.test(call);
const isLook = ({ call }: StageCall) => /^GET \/(jobs|transcribe)\/[^?]+$/.test(call);
const starts = () => stage.calls.filter(isStart);
const keyOf = ({ headers }: StageCall) => headers['idempotency-key'];
const REFUSED: Meddling = { status: 401, body: {} };
const failedJob = ({ provider }: StageCall): Meddling => ({
	status: 200,
	body:
		provider === 'scripe'
			? { data: { id: 'job_5gH6iJ7kL8', status: 'FAILED', errorCode: 'BROKEN' } }
			: { id: 'x', job_id: 'x', status: 'failed', error: { code: 'BROKEN', message: 'Broken' } },
});

/** One execution, in which n8n runs the node again and again. */
function execution(more: Partial<Run> = {}) {
	const runExecutionData = createRunExecutionData({});
	return {
		runExecutionData,
		run: async (call: OperationCall, again: Partial<Run> = {}) =>
			await stage.run(call, {}, { runExecutionData, retryOnFail: true, ...more, ...again }),
	};
}

/** What n8n keeps of an execution in its database, and finds there for a retry. */
const stored = (data: IRunExecutionData) => structuredClone(data);

describe('a job that was started and whose wait failed', () => {
	describe.each(JOBS_STARTED)('%s', (_name, call) => {
		const refusedOnce = () => {
			let refusals = 0;
			stage.meddle = (one) => (isLook(one) && refusals++ === 0 ? REFUSED : undefined);
		};

		it.each<[string, (data: IRunExecutionData) => Partial<Run>]>([
			['when n8n tries again', () => ({})],
			[
				'when somebody retries the execution, in another process',
				(data) => ({ runExecutionData: stored(data), executionId: '1002' }),
			],
			[
				'when it is retried with a longer Timeout and another way to look',
				(data) => ({
					runExecutionData: stored(data),
					executionId: '1002',
					parameters: {
						...stage.setupOf(call, { timeoutMinutes: 600, pollIntervalSeconds: 2 }).parameters,
					},
				}),
			],
		])('is waited for again and not started anew %s', async (_what, again) => {
			refusedOnce();
			const { run, runExecutionData } = execution();

			await errorOf(run(call));
			const [item] = await run(call, again(runExecutionData));

			expect(item!.json.error ?? null).toBeNull();
			expect(starts()).toHaveLength(1);
		});

		it('is waited for for as long as the raised Timeout says', async () => {
			let ended = false;
			stage.meddle = (one) => (isLook(one) && !ended ? stillRunning(one) : undefined);
			const { run } = execution();

			const error = await errorOf(run(call, withTimeout(call, 1)));
			expect(error.message).toMatch(/has not finished within 1 minutes: job \S+ is/);
			const before = Date.now();
			stage.meddle = (one) => {
				ended = Date.now() - before > 5 * 60_000;
				return isLook(one) && !ended ? stillRunning(one) : undefined;
			};
			await run(call, withTimeout(call, 10));

			expect(Date.now() - START.getTime()).toBeGreaterThan(6 * 60_000);
			expect(starts()).toHaveLength(1);
		});

		it('is started anew, under another key, once it has failed', async () => {
			let failures = 0;
			stage.meddle = (one) => (isLook(one) && failures++ === 0 ? failedJob(one) : undefined);
			const { run } = execution();

			await errorOf(run(call));
			const [item] = await run(call);

			expect(item!.json.error ?? null).toBeNull();
			expect(starts()).toHaveLength(2);
			const [first, second] = starts().map(keyOf);
			if (call.provider !== 'transcripton') expect(second).not.toBe(first);
		});

		it.each([
			['goes on being looked for by the credential that started it', 'one', 1],
			['is started anew where another account has been chosen', 'other', 2],
		])('%s', async (_what, credentialId, expected) => {
			let looks = 0;
			stage.meddle = (one) => {
				if (!isLook(one)) return undefined;
				looks += 1;
				// a key that was revoked, then a job that the account does not have
				if (looks === 1) return REFUSED;
				return looks === 2 ? { status: 404, body: {} } : undefined;
			};
			const { run, runExecutionData } = execution();
			const again = () => ({ runExecutionData: stored(runExecutionData), credentialId });

			await errorOf(run(call, { credentialId: 'one' }));
			const second = again();
			await errorOf(run(call, second));
			await run(call, { ...second, executionId: '1003' });

			expect(starts()).toHaveLength(expected);
		});

		it('is started anew when somebody retries with other settings', async () => {
			refusedOnce();
			const { run, runExecutionData } = execution();

			await errorOf(run(call));
			const { parameters } = stage.setupOf(call);
			await run(call, {
				runExecutionData: stored(runExecutionData),
				executionId: '1002',
				parameters: { ...parameters, ...otherSettings(call) },
			});

			expect(starts()).toHaveLength(2);
		});
	});
});

/** What a user may have changed before a retry, so that the old job is not the one that is asked for. */
function otherSettings({ provider, resource }: OperationCall): INodeParameters {
	if (resource === 'source') return { name: 'Other' };
	if (resource === 'post') return { text: 'Other' };
	// what is not the node's default
	return { diarize: provider !== 'whipscribe' };
}

function stillRunning({ provider }: StageCall): Meddling {
	if (provider !== 'scripe') return { status: 200, body: { id: 'x', status: 'processing' } };
	return { status: 200, body: { data: { id: 'job_5gH6iJ7kL8', status: 'RUNNING' } } };
}

function withTimeout(call: OperationCall, timeoutMinutes: number): Partial<Run> {
	return {
		parameters: stage.setupOf(call, { timeoutMinutes, pollIntervalSeconds: 10 }).parameters,
	};
}

describe('a neighbour that fails', () => {
	describe.each([...MAKING, ...UPLOADS])('%s', (_name, call) => {
		/** Refuses the second start, or of an upload the second presign, once. */
		function refuseSecond(status = 400) {
			const isMeant = UPLOADS.some(([, upload]) => upload === call) ? isUpload : isStart;
			let seen = 0;
			stage.meddle = (one) => {
				if (!isMeant(one)) return undefined;
				seen += 1;
				return seen === 2 ? { status, body: {} } : undefined;
			};
			return () => seen;
		}
		const items = async () => {
			const files = ['a.mp3', 'b.mp3', 'c.mp3'].map(async (fileName) => ({
				...(await binaryItem(Buffer.from(fileName), { fileName, mimeType: 'audio/mpeg' })),
				json: { fileName },
			}));
			return await Promise.all(files);
		};

		it.each<[string, Partial<Run>]>([
			['the node goes on', { continueOnFail: true }],
			['the node stops', {}],
			['the node goes on by its error output', { onError: 'continueErrorOutput' }],
		])('has nothing started again that was started, where %s', async (_what, how) => {
			const seen = refuseSecond();
			const { run } = execution(how);
			const three = await items();

			await run(call, { items: three }).catch(() => {});
			const output = await run(call, { items: three });

			expect(output.map(({ json }) => json.error ?? null)).toEqual([null, null, null]);
			// each of the three, and the refused one once more
			expect(seen()).toBe(4);
		});

		it('has nothing started again in an execution that is retried later', async () => {
			const seen = refuseSecond();
			const three = await items();
			const { run, runExecutionData } = execution({ retryOnFail: false });

			await errorOf(run(call, { items: three }));
			await run(call, {
				items: three,
				runExecutionData: stored(runExecutionData),
				executionId: '1002',
			});

			expect(seen()).toBe(4);
		});
	});

	it.each(JOBS_STARTED)('names the jobs of the others in its error: %s', async (_name, call) => {
		let seen = 0;
		stage.meddle = (one) => (isStart(one) && ++seen === 2 ? { status: 400, body: {} } : undefined);
		const { run } = execution();
		const two = [await binaryItem(Buffer.from('a')), await binaryItem(Buffer.from('b'))];

		const error = await errorOf(run(call, { items: two }));

		expect(error.description).toMatch(
			/Other items have the jobs \S+: n8n's Retry continues with them/,
		);
	});
});

describe('a loop', () => {
	it.each([...MAKING, ...UPLOADS])('makes another in each round: %s', async (_name, call) => {
		const { run, runExecutionData } = execution();

		for (const runIndex of [0, 1, 2]) await run(call, { runIndex });

		const made = UPLOADS.some(([, upload]) => upload === call)
			? stage.calls.filter(isUpload)
			: starts();
		expect(made).toHaveLength(3);
		const begun = runExecutionData.executionData!.contextData;
		expect(JSON.stringify(begun).length).toBeLessThan(2000);
	});
});

describe('a node within a loop', () => {
	it.each(JOBS_STARTED)(
		'goes on with the job of a round that is tried again: %s',
		async (_n, call) => {
			let looks = 0;
			// the second round's first look
			stage.meddle = (one) => (isLook(one) && ++looks === 2 ? REFUSED : undefined);
			const { run, runExecutionData } = execution();

			await run(call, { runIndex: 0 });
			await errorOf(run(call, { runIndex: 1 }));
			const again = { runExecutionData: stored(runExecutionData), executionId: '1002' };
			await run(call, { runIndex: 1, ...again });
			await run(call, { runIndex: 2, ...again });

			expect(starts()).toHaveLength(3);
		},
	);
});

describe('a node whose settings were changed before a retry, but not what it asks for', () => {
	it.each(JOBS_STARTED)('goes on with the job of the first item: %s', async (_name, call) => {
		const items = await Promise.all(
			['a', 'b'].map(async (one) => await binaryItem(Buffer.from(one))),
		);
		let looks = 0;
		stage.meddle = (one) => (isLook(one) && ++looks <= 2 ? REFUSED : undefined);
		const { run, runExecutionData } = execution();

		await errorOf(run(call, { items }));
		const begun = starts().length;
		// Execute Once: n8n hands over the first item alone; and errors now leave by their own output
		const again = { runExecutionData: stored(runExecutionData), executionId: '1002' };
		await run(call, { items: items.slice(0, 1), onError: 'continueErrorOutput', ...again });

		expect(starts()).toHaveLength(begun);
	});
});

describe('a start whose reply got lost', () => {
	const withKey = MAKING.filter(([, { provider }]) => provider !== 'transcripton');

	it.each(withKey)(
		'is asked for again under the same key and as the same: %s',
		async (_n, call) => {
			stage.meddle = (one) => (isStart(one) ? 'reset' : undefined);
			const { run, runExecutionData } = execution();

			await errorOf(run(call));
			stage.meddle = () => undefined;
			await run(call, { runExecutionData: stored(runExecutionData), executionId: '1002' });

			expect(new Set(starts().map(keyOf)).size).toBe(1);
			// a form's boundary is another each time
			const bodies = starts().map(({ body }) => body.replaceAll(/^--.*$/gm, ''));
			expect(new Set(bodies).size).toBe(1);
		},
	);

	const withoutKey: Array<[string, OperationCall]> = [
		...JOBS_STARTED.filter(([, { provider }]) => provider === 'transcripton'),
		...withKey.map(([name, call]): [string, OperationCall] => [
			`${name} with the key none`,
			{ ...call, parameters: { ...call.parameters, options: { idempotencyKey: 'none' } } },
		]),
	];

	it.each(withoutKey)('is not sent again where a second may be paid: %s', async (_name, call) => {
		stage.meddle = (one) => (isStart(one) ? 'reset' : undefined);
		const { run } = execution();

		await errorOf(run(call));
		const error = await errorOf(run(call));

		expect(starts()).toHaveLength(1);
		expect(error.message).toMatch(/may have served this item already/);
		expect(error.description).toMatch(/Look (with \w+: Get Many|in Scripe whether the source)/);
	});

	const transcripton = JOBS_STARTED.filter(([, { provider }]) => provider === 'transcripton');

	it.each(transcripton)('is sent again where no job has come of it: %s', async (_name, call) => {
		let lost = 0;
		const jobs = [{ id: 'old', created_at: '2026-11-22T10:00:00Z' }];
		stage.meddle = (one) => {
			if (isStart(one) && lost++ === 0) return 'reset';
			return /^GET \/jobs\?/.test(one.call)
				? { status: 200, body: { jobs, total: 1, page: 1, limit: 20 } }
				: undefined;
		};
		const { run } = execution();

		await errorOf(run(call));
		const [item] = await run(call);

		expect(item!.json.status).toBe('completed');
		expect(starts()).toHaveLength(2);
	});

	it.each(transcripton)('is not taken for a neighbour’s job: %s', async (_name, call) => {
		let started = 0;
		stage.meddle = (one) => {
			if (isStart(one)) {
				started += 1;
				if (started === 2) return 'reset';
				return { status: 202, body: { id: `job-${started}`, status: 'queued' } };
			}
			if (/^GET \/jobs\?/.test(one.call)) {
				const jobs = [{ id: 'job-1', created_at: START.toISOString() }];
				return { status: 200, body: { jobs, total: 1, page: 1, limit: 20 } };
			}
			return undefined;
		};
		const items = await Promise.all(
			['a', 'b'].map(async (one) => await binaryItem(Buffer.from(one))),
		);
		const { run } = execution({ items });
		const oneByOne = {
			...call,
			parameters: { ...call.parameters, options: { maxParallel: 1 } },
		};

		await errorOf(run(oneByOne));
		const output = await run(oneByOne);

		expect(output).toHaveLength(2);
		expect(starts()).toHaveLength(3);
	});

	it.each(transcripton)(
		'is looked for although the clock of n8n is some minutes fast: %s',
		async (_name, call) => {
			const created_at = new Date(START.getTime() - 4 * 60_000).toISOString();
			stage.meddle = (one) => {
				if (isStart(one)) return 'reset';
				return { status: 200, body: { jobs: [{ id: 'new', created_at }], total: 1 } };
			};
			const { run } = execution();

			await errorOf(run(call));
			const error = await errorOf(run(call));

			expect(error.description).toContain('It may be one of these: new.');
			expect(starts()).toHaveLength(1);
		},
	);

	it.each(withKey.filter(([, { provider }]) => provider === 'scripe'))(
		'is not sent again once its key is forgotten: %s',
		async (_name, call) => {
			stage.meddle = (one) => (isStart(one) ? 'reset' : undefined);
			const { run, runExecutionData } = execution();

			await errorOf(run(call));
			const sent = starts().length;
			advanceSeconds(25 * 3600);
			const again = { runExecutionData: stored(runExecutionData), executionId: '1002' };
			const error = await errorOf(run(call, again));

			expect(error.message).toMatch(/may have served this item already/);
			expect(starts()).toHaveLength(sent);
		},
	);

	it.each(transcripton)('names the jobs that it may be: %s', async (_name, call) => {
		const jobs = [{ id: 'new', created_at: '2026-11-22T12:00:01Z' }, { id: 'undated' }];
		stage.meddle = (one) => {
			if (isStart(one)) return 'reset';
			return { status: 200, body: { jobs, total: 2, page: 1, limit: 20 } };
		};
		const { run } = execution();

		await errorOf(run(call));
		const error = await errorOf(run(call));

		expect(error.description).toContain('It may be one of these: new, undated.');
		expect(starts()).toHaveLength(1);
	});
});

describe('an upload that is good for nothing any more', () => {
	const scriptivox = callsOf(/scriptivox transcription transcribe binaryFile/);

	it.each(['UPLOAD_EXPIRED', 'UPLOAD_NOT_FOUND', 'FILE_NOT_UPLOADED'])(
		'is made anew, under another key, after %s',
		async (code) => {
			let refusals = 0;
			stage.meddle = (one) =>
				isStart(one) && refusals++ === 0
					? { status: 400, body: { error: { code, message: code } } }
					: undefined;
			const { run } = execution();
			const [[, call]] = scriptivox as [[string, OperationCall]];

			await errorOf(run(call));
			await run(call);

			expect(stage.calls.filter(isUpload)).toHaveLength(2);
			const [first, second] = starts().map(keyOf);
			expect(second).not.toBe(first);
		},
	);

	it.each(UPLOADS)('is made anew where it was made too long ago: %s', async (_name, call) => {
		const { run, runExecutionData } = execution();

		await run(call, { retryOnFail: false });
		jest.setSystemTime(Date.now() + 24 * 3_600_000);
		await run(call, { retryOnFail: false, runExecutionData: stored(runExecutionData) });

		expect(stage.calls.filter(isUpload)).toHaveLength(2);
	});
});
