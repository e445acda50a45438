import { createRunExecutionData } from 'n8n-workflow';
import type { INodeParameters, IRunExecutionData } from 'n8n-workflow';

import { advanceSeconds, callsOf, errorOf, JOBS_STARTED, STAGE_KEY, useStage } from '../../harness';
import type { OperationCall } from '../../../everyOperation/operations';
import type { StageCall } from '../../../everyOperation/stage';

const stage = useStage();

const isStart = ({ call }: StageCall) =>
	/^POST \/(transcribe(\/url)?|sources|posts(\/generations)?)$/.test(call);
const starts = () => stage.calls.filter(isStart);
const keyOf = ({ headers }: StageCall) => headers['idempotency-key'];
// a form's boundary is another each time
const bodyOf = ({ body }: StageCall) => body.replaceAll(/^--.*$/gm, '');
const stored = (data: IRunExecutionData) => structuredClone(data);

const AT = '{{ $now.toMillis() }}';
const SIGNED_LINK = `=https://example.com/a.mp3?signature=secret-${AT}`;
const IN_AN_HOUR = '={{ $now.plus({ hours: 1 }).toISO() }}';

/** Every start under an idempotency key, with a setting that comes to something else each time. */
const TIMED: Array<[string, OperationCall]> = [
	...timed(/scriptivox transcription transcribe url/, 'a signed link', { url: SIGNED_LINK }),
	...timed(/scriptivox transcription transcribe/, 'a callback URL', {
		options: { webhookUrl: `=https://hooks.example.com/done?at=${AT}` },
	}),
	...timed(/scriptivox transcription transcribe/, 'a Language by the second', {
		language: '={{ $now.second % 2 ? "de" : "en" }}',
	}),
	...timed(/whipscribe job transcribe url/, 'a signed link', { url: SIGNED_LINK }),
	...timed(/whipscribe job transcribe/, 'a Language by the second', {
		language: '={{ $now.second % 2 ? "de" : "en" }}',
	}),
	...timed(/scripe source create/, 'a Name with the time', { name: `=Call at ${AT}` }),
	...timed(/scripe source create text/, 'a Text with the time', { text: `=It is ${AT}.` }),
	...timed(/scripe post create/, 'a Content with the time', { content: `=It is ${AT}.` }),
	...timed(/scripe post create/, 'a time to come', { options: { scheduledFor: IN_AN_HOUR } }),
	...timed(/scripe post generate/, 'a Text with the time', { text: `=It is ${AT}.` }),
	...timed(/scripe post generate/, 'a time to come', { options: { scheduledFor: IN_AN_HOUR } }),
];

function timed(
	which: RegExp,
	what: string,
	{ options, ...parameters }: INodeParameters,
): Array<[string, OperationCall]> {
	return callsOf(which).map(([name, call]) => [
		`${name}, ${what}`,
		{
			...call,
			parameters: {
				...call.parameters,
				...parameters,
				options: { ...(call.parameters.options as object), ...(options as object) },
			},
		},
	]);
}

const RETRIES = 4;

/** One execution, and its retry some time later: with another ID, from what n8n has stored of it. */
function execution() {
	const runExecutionData = createRunExecutionData({});
	let last = runExecutionData;
	let executionId = 1001;
	return {
		get data() {
			return last;
		},
		run: async (call: OperationCall, parameters: INodeParameters = {}) =>
			await stage.run(
				{ ...call, parameters: { ...call.parameters, ...parameters } },
				// so that an outage ends with the last of them
				{ maxRetries: RETRIES, ...(parameters.options as INodeParameters | undefined) },
				{
					runExecutionData: last,
					executionId: String(executionId),
				},
			),
		retried() {
			advanceSeconds(61);
			last = stored(last);
			executionId += 1;
		},
	};
}

/** Loses the replies of the first so many starts; gives what `then` says of those behind. */
function lose(count: number, then?: (number: number) => object | undefined) {
	let seen = 0;
	stage.meddle = (one) => {
		if (!isStart(one)) return undefined;
		seen += 1;
		return seen <= count ? 'reset' : (then?.(seen) as never);
	};
}
const EVERY_TRY = RETRIES + 1;

describe.each(TIMED)('a start whose settings hold the time: %s', (_name, call) => {
	it('goes out as it was, under the same key, where its reply got lost', async () => {
		lose(EVERY_TRY);
		const execute = execution();

		await errorOf(execute.run(call));
		execute.retried();
		await execute.run(call);

		expect(starts()).toHaveLength(EVERY_TRY + 1);
		expect(new Set(starts().map(keyOf)).size).toBe(1);
		expect(new Set(starts().map(bodyOf)).size).toBe(1);
	});

	it('goes out as it was after several retries that got no reply', async () => {
		lose(3 * EVERY_TRY);
		const execute = execution();

		for (let times = 0; times < 3; times++) {
			await errorOf(execute.run(call));
			execute.retried();
		}
		await execute.run(call);

		expect(new Set(starts().map(keyOf)).size).toBe(1);
		expect(new Set(starts().map(bodyOf)).size).toBe(1);
	});

	it('goes out as it was where a first try may have arrived and a later one was refused', async () => {
		lose(1, (number) => (number === 2 ? { status: 401, body: {} } : undefined));
		const execute = execution();

		await errorOf(execute.run(call));
		execute.retried();
		await execute.run(call);

		expect(starts()).toHaveLength(3);
		expect(new Set(starts().map(keyOf)).size).toBe(1);
		expect(new Set(starts().map(bodyOf)).size).toBe(1);
	});

	it('goes out as it is now, under another key, where the first one was refused', async () => {
		lose(0, (number) => (number === 1 ? { status: 400, body: {} } : undefined));
		const execute = execution();

		await errorOf(execute.run(call));
		execute.retried();
		await execute.run(call);

		const [first, second] = starts();
		expect(keyOf(second!)).not.toBe(keyOf(first!));
		expect(bodyOf(second!)).not.toBe(bodyOf(first!));
	});

	it('keeps what was sent only for as long as nobody knows what became of it', async () => {
		lose(EVERY_TRY);
		const execute = execution();

		await errorOf(execute.run(call));
		const kept = JSON.stringify(execute.data.executionData!.contextData);
		execute.retried();
		await execute.run(call);
		const left = Object.values(execute.data.executionData!.contextData);

		expect(kept).not.toContain(STAGE_KEY);
		for (const { begun } of left) {
			for (const one of Object.values(begun as object)) expect(one).not.toHaveProperty('sent');
		}
		expect(JSON.stringify(left)).not.toContain('secret-');
	});
});

describe('a long text beside a setting that holds the time', () => {
	const long = `${'A long story. '.repeat(2000)}`;
	const generate = callsOf(/scripe post generate/)[0]![1];

	it('is not kept, and goes out the same again', async () => {
		lose(EVERY_TRY);
		const execute = execution();
		const parameters = { text: long, options: { scheduledFor: IN_AN_HOUR } };

		await errorOf(execute.run(generate, parameters));
		const kept = JSON.stringify(execute.data.executionData!.contextData);
		execute.retried();
		await execute.run(generate, parameters);

		expect(kept.length).toBeLessThan(3000);
		expect(new Set(starts().map(bodyOf)).size).toBe(1);
	});

	it('that holds the time itself is not sent as another under the same key', async () => {
		lose(EVERY_TRY);
		const execute = execution();
		const parameters = { text: `=${long} ${AT}` };

		await errorOf(execute.run(generate, parameters));
		execute.retried();
		const error = await errorOf(execute.run(generate, parameters));

		expect(starts()).toHaveLength(EVERY_TRY);
		expect(error.message).toBe('Scripe may have served this item already [item 0]');
		expect(error.description).toMatch(/Look with .*Get Many/);
	});
});

it('a start that a retry waits for otherwise goes out as it was', async () => {
	lose(EVERY_TRY);
	const execute = execution();
	const generate = callsOf(/scripe post generate/)[0]![1];

	await errorOf(execute.run(generate, { wait: 'poll' }));
	execute.retried();
	await execute.run(generate, { wait: 'none' });

	expect(new Set(starts().map(bodyOf)).size).toBe(1);
});

describe('a start that was never sent', () => {
	it.each(JOBS_STARTED)('is sent where a retry can: %s', async (_name, call) => {
		const withoutKey = {
			options: { ...(call.parameters.options as object), idempotencyKey: 'none' },
		};
		const execute = execution();
		const { credentials = {} } = stage.setupOf(call);
		const [[type, fields]] = Object.entries(credentials) as [[string, object]];
		const wrong = { [type]: { ...fields, apiKey: 'two\nlines' } };

		await errorOf(
			stage.run(
				{ ...call, parameters: { ...call.parameters, ...withoutKey } },
				{},
				{
					credentials: wrong as never,
					runExecutionData: execute.data,
				},
			),
		);
		const [item] = await execute.run(call, withoutKey);

		expect(item!.json.error ?? null).toBeNull();
		expect(
			stage.calls.filter(({ call: made }) => /^POST \/(transcribe|jobs|sources|posts)/.test(made)),
		).toHaveLength(1);
	});
});

describe('a post that was to be published meanwhile', () => {
	const soon = { options: { scheduledFor: '2026-11-22T12:00:30Z' } };

	it.each(callsOf(/scripe post/).filter(([, { operation }]) => operation !== 'getMany'))(
		'is asked for as it was where the reply got lost: %s',
		async (_name, call) => {
			lose(2);
			const execute = execution();

			await errorOf(execute.run(call, { options: { ...soon.options, maxRetries: 1 } }));
			execute.retried();
			await execute.run(call, soon);

			expect(starts()).toHaveLength(3);
			expect(new Set(starts().map(bodyOf)).size).toBe(1);
		},
	);

	it('is waited for where its job has been started', async () => {
		const [[, call]] = callsOf(/scripe post generate/) as [[string, OperationCall]];
		let looks = 0;
		stage.meddle = (one) =>
			one.call.startsWith('GET /jobs/') && looks++ === 0 ? { status: 401, body: {} } : undefined;
		const execute = execution();

		await errorOf(execute.run(call, soon));
		execute.retried();
		const [item] = await execute.run(call, soon);

		expect(item!.json.status).toBe('DONE');
		expect(starts()).toHaveLength(1);
	});
});
