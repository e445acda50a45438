import { createRunExecutionData } from 'n8n-workflow';
import type { IRunExecutionData } from 'n8n-workflow';

import { binaryItem, callsOf, errorOf, JOBS_STARTED, useStage } from '../../harness';
import type { Run } from '../../harness';
import type { OperationCall } from '../../../everyOperation/operations';
import type { Meddling, StageCall } from '../../../everyOperation/stage';

const stage = useStage();
const isStart = ({ call }: StageCall) =>
	/^POST \/(transcribe(\/url)?|jobs(\/from-url)?|sources|posts\/generations)$/.test(call);
const isLook = ({ call }: StageCall) => /^GET \/(jobs|transcribe)\/[^?]+$/.test(call);
const starts = () => stage.calls.filter(isStart);
const looks = () => stage.calls.filter(isLook);
const keyOf = ({ headers }: StageCall) => headers['idempotency-key'];

/** What each provider answers about a job that was deleted. */
const GONE: Record<string, Meddling> = {
	scriptivox: {
		status: 404,
		body: { error: { code: 'TRANSCRIPTION_NOT_FOUND', message: 'No such transcription' } },
	},
	whipscribe: { status: 404, body: { error: 'Job not found', code: 'NOT_FOUND' } },
	transcripton: { status: 404, body: { detail: { code: 'not_found', message: 'No such job' } } },
	scripe: { status: 404, body: { error: { code: 'not_found', message: 'No such job' } } },
};

/** One execution, and its retries: each from what n8n has stored of it. */
function execution(more: Partial<Run> = {}) {
	let data: IRunExecutionData = createRunExecutionData({});
	let executionId = 1001;
	return async (call: OperationCall) => {
		const output = stage.run(
			call,
			{},
			{
				credentialId: 'one',
				...more,
				runExecutionData: data,
				executionId: String(executionId),
			},
		);
		await output.catch(() => {});
		data = structuredClone(data);
		executionId += 1;
		return await output;
	};
}

/** Answers so many looks as at a job that is gone. */
function goneFor(count: number, reply?: Meddling) {
	let seen = 0;
	stage.meddle = (one) =>
		isLook(one) && ++seen <= count ? (reply ?? GONE[one.provider]) : undefined;
}

describe.each(JOBS_STARTED)('a job that is gone while it is waited for: %s', (_name, call) => {
	it('is looked for once more by a retry, which starts another where it is still gone', async () => {
		goneFor(2);
		const run = execution();

		const error = await errorOf(run(call));
		const [item] = await run(call);

		expect(error.message).toMatch(/\(job \S+\)/);
		expect(error.description).toMatch(/a retry looks once more, and starts another where it is/);
		expect(item!.json.error ?? null).toBeNull();
		expect(starts()).toHaveLength(2);
		if (call.provider !== 'transcripton') {
			expect(keyOf(starts()[1]!)).not.toBe(keyOf(starts()[0]!));
		}
	});

	it('is not paid for again where it shows up a moment later', async () => {
		goneFor(1);
		const run = execution();

		await errorOf(run(call));
		const [item] = await run(call);

		expect(item!.json.error ?? null).toBeNull();
		expect(starts()).toHaveLength(1);
	});

	it.each<[string, Meddling]>([
		['a proxy that knows no such page', { status: 404, body: 'Not Found' }],
		['a service at a wrong address', { status: 404, body: { message: 'no Route matched' } }],
		['an account without the key', { status: 401, body: {} }],
	])('is not taken for gone because of %s', async (_what, reply) => {
		goneFor(4, reply);
		const run = execution();

		for (let tries = 0; tries < 4; tries++) await errorOf(run(call));
		await run(call);

		expect(starts()).toHaveLength(1);
	});

	it('is started anew as often as it is deleted, with one look more for each', async () => {
		goneFor(5);
		const run = execution();

		await errorOf(run(call));
		// gone again: another is started, which is deleted as well
		await errorOf(run(call));
		await errorOf(run(call));
		const [item] = await run(call);

		expect(item!.json.error ?? null).toBeNull();
		expect(starts()).toHaveLength(3);
	});

	it('leaves its neighbours theirs', async () => {
		const items = [await binaryItem(Buffer.from('a')), await binaryItem(Buffer.from('b'))];
		const oneByOne = {
			...call,
			parameters: { ...call.parameters, options: { maxParallel: 1, pollIntervalSeconds: 1 } },
		};
		let seen = 0;
		// the first item's look, and the second one's in each of two tries
		stage.meddle = (one) =>
			isLook(one) && ++seen > 1 && seen < 5 && seen !== 3 ? GONE[one.provider] : undefined;
		const run = execution({ items });

		await errorOf(run(oneByOne));
		const output = await run(oneByOne);

		expect(output).toHaveLength(2);
		expect(starts()).toHaveLength(3);
	});
});

it.each(callsOf(/(transcription|job) wait$/))(
	'a job that somebody else has started is not said to be started anew: %s',
	async (_name, call) => {
		goneFor(1);

		const error = await errorOf(stage.run(call));

		expect(error.description).not.toContain('a retry');
		expect(starts()).toHaveLength(0);
		expect(looks()).toHaveLength(1);
	},
);
