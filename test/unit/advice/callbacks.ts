import { createRunExecutionData } from 'n8n-workflow';

import { UUID } from '../../everyOperation/operations';
import { binaryItem, errorOf, packNodes } from '../harness';
import type { Run } from '../harness';
import { lookingUp, onTheInternet, runWith } from './advice';
import type { Advice, Followed, Setup, Stage, Trial } from './advice';
import { TRANSCRIPT } from './outputs';

const OF = 'scriptivox transcription transcribe binaryFile';
const FROM_LOOP = { previousNode: 'Loop', previousNodeOutput: 0, previousNodeRun: 0 };
const UNTIL_FINISHED = { parameters: { wait: 'poll' } };
const FINISHED = { name: 'wait with Until Finished', right: UNTIL_FINISHED };

/** What n8n gives a node that it can park, with or without a node before it. */
const execution = (more: Partial<Run> = {}): Partial<Run> => ({
	runExecutionData: createRunExecutionData({ resumeToken: 'token-of-the-execution' }),
	executeData: { source: { main: [FROM_LOOP] } },
	...more,
});

/** Waits until called back, in an execution where that goes but for what is wrong. */
function trial(wrong: Setup, { name, right }: { name: string; right: Setup }): Trial {
	return {
		of: OF,
		name,
		wrong: { ...wrong, parameters: { wait: 'webhook' }, run: execution(wrong.run) },
		right: { ...right, ...(right.run && { run: execution(right.run) }) },
		gives: TRANSCRIPT,
	};
}

/** The node as an agent's tool. */
function asTool(): Run['node'] {
	const node = packNodes().find(({ description }) => description.name === 'scriptivox')!;
	node.description = { ...node.description, name: 'scriptivoxTool' };
	return node;
}

/** An execution as an n8n gives it that signs no addresses. */
function unsigned(): Partial<Run> {
	const runExecutionData = createRunExecutionData({});
	delete (runExecutionData as { resumeToken?: string }).resumeToken;
	return { runExecutionData };
}

/** A provider on the internet, which cannot call an n8n at a local address. */
async function fromTheInternet(stage: Stage, right: Setup): Promise<Followed> {
	const wrong = {
		credential: { baseUrl: onTheInternet },
		parameters: { wait: 'webhook' },
		run: execution({ address: 'http://localhost:5678' }),
	};
	return await lookingUp(
		() => undefined,
		async () => {
			const { message, description } = await errorOf(runWith(stage, OF, wrong));
			const output = await runWith(stage, OF, { ...wrong, ...right });
			return { message, description: String(description), output, expected: [TRANSCRIPT] };
		},
	);
}

/** Many items that would all be parked: each gets an execution of its own. */
async function oneByOne(stage: Stage): Promise<Followed> {
	const items = await twoItems();
	const setup = { parameters: { wait: 'webhook' } };
	const { message, description } = await errorOf(
		runWith(stage, OF, { ...setup, items: async () => items, run: execution() }),
	);
	const outputs = [];
	for (const item of items) {
		outputs.push(
			await runWith(stage, OF, { ...setup, items: async () => [item], run: execution() }),
		);
	}
	const expected = [TRANSCRIPT, TRANSCRIPT];
	return { message, description: String(description), output: outputs.flat(), expected };
}

/** What stands in the way of waiting for a callback. */
export const callbacks: Advice[] = [
	{
		message: '… cannot call this n8n back: its address is …',
		page: "Set `WEBHOOK_URL` to n8n's public address",
		panel: /Set the environment variable WEBHOOK_URL of n8n/,
		trials: [
			{
				of: OF,
				name: 'set WEBHOOK_URL',
				follow: async (stage) =>
					await fromTheInternet(stage, { run: execution({ address: 'https://n8n.example' }) }),
			},
			{
				of: OF,
				name: FINISHED.name,
				follow: async (stage) => await fromTheInternet(stage, UNTIL_FINISHED),
			},
		],
	},
	{
		message: 'Only one item an execution can wait for a callback, and there are …',
		page: 'Start one execution per item',
		panel: /Start one execution for each item: .* Or set Wait to Until Finished/,
		trials: [
			{ of: OF, name: 'start one execution for each', follow: oneByOne },
			{ ...trial({ items: twoItems }, FINISHED), gives: [TRANSCRIPT, TRANSCRIPT] },
		],
	},
	{
		message: 'Webhook URL does not go with waiting for a callback',
		page: 'Remove the option *Webhook URL*',
		panel: /Remove the option Webhook URL, or choose another way to wait/,
		trials: [
			{ name: 'remove the option', right: { options: { webhookUrl: undefined } } },
			FINISHED,
		].map((way) => trial({ options: { webhookUrl: 'https://n8n.example/webhook/1' } }, way)),
	},
	{
		message: 'Always Output Data does not go with waiting for a callback',
		page: "Turn it off in the node's settings",
		panel: /Turn it off in the node's settings/,
		trials: [
			trial(
				{ run: { alwaysOutputData: true } },
				{ name: 'turn it off', right: { run: { alwaysOutputData: false } } },
			),
		],
	},
	{
		message: 'A tool cannot wait for a callback',
		page: 'Set *Wait* to *Do Not Wait*',
		panel: /Set Wait to Do Not Wait, and give the agent a tool that looks at the job/,
		trials: [{ of: OF, name: 'do not wait, then look', follow: lookWithAnotherTool }],
	},
	{
		message: 'This n8n is too old to wait for a callback',
		page: 'Update n8n to version 2.15 or newer, or wait with *Until Finished*',
		panel: /Update n8n to version 2.15 or newer, or set Wait to Until Finished/,
		trials: [
			trial(
				{ run: { response: null } },
				{ name: 'update', right: { run: { response: { actionResponses: [], metadata: {} } } } },
			),
			trial({ run: { response: null } }, FINISHED),
			trial({ run: unsigned() }, FINISHED),
		],
	},
	{
		message: 'Engine 2.0 of n8n cannot wait for a callback',
		page: 'Remove that setting from the workflow',
		panel: /Take engineType out of the settings of the workflow, or set Wait to Until Finished/,
		trials: [{ name: 'take the setting out', right: { run: { settings: {} } } }, FINISHED].map(
			(way) => trial({ run: { settings: { engineType: 'v2' } as never } }, way),
		),
	},
	{
		message: 'Waiting for a callback needs a node before this one',
		page: 'Connect a trigger before it, or wait with *Until Finished*',
		panel: /Connect a trigger before the node, or set Wait to Until Finished/,
		trials: [{ name: 'connect a trigger', right: { run: {} } }, FINISHED].map((way) =>
			trial({ run: { executeData: { source: null } } }, way),
		),
	},
	{
		message: 'n8n has lost sight of the job that it waited for',
		page: 'Find it with *Transcription: Get Many*, then use *Transcription: Wait* or',
		panel: /Find it with Transcription: Get Many, then use Transcription: Wait or/,
		trials: [{ of: OF, name: 'find it', follow: findAndWait }],
	},
];

async function twoItems() {
	return [await binaryItem(Buffer.from('sound')), await binaryItem(Buffer.from('speech'))];
}

/** A tool starts the job, another one looks at it. */
async function lookWithAnotherTool(stage: Stage): Promise<Followed> {
	const wrong = { parameters: { wait: 'webhook' }, run: execution({ node: asTool() }) };
	const { message, description } = await errorOf(runWith(stage, OF, wrong));
	const [started] = await runWith(stage, OF, { ...wrong, parameters: { wait: 'none' } });
	const transcriptionId = { __rl: true, mode: 'id', value: String(started!.json.id) };
	const output = await runWith(stage, 'scriptivox transcription get', {
		parameters: { transcriptionId },
		run: { node: asTool() },
	});
	return { message, description: String(description), output, expected: [TRANSCRIPT] };
}

/** A run that n8n asked for, and whose notes it lost: the job is in the list. */
async function findAndWait(stage: Stage): Promise<Followed> {
	const executeData = {
		source: { main: [{ previousNode: 'Scriptivox' }] },
		metadata: { preserveSourceOverwrite: true },
	};
	const wrong = { parameters: { wait: 'webhook' }, run: execution({ executeData }) };
	const { message, description } = await errorOf(runWith(stage, OF, wrong));
	const [found] = await runWith(stage, 'scriptivox transcription getMany', {});
	const transcriptionId = { __rl: true, mode: 'id', value: String(found!.json.id) };
	const output = await runWith(stage, 'scriptivox transcription wait', {
		parameters: { transcriptionId },
	});
	const starts = stage.calls.filter(({ call }) => call === 'POST /transcribe');
	return {
		message,
		description: String(description),
		output: [...output, { json: { starts: starts.length } }],
		expected: [{ json: { ...TRANSCRIPT.json, id: UUID } }, { json: { starts: 0 } }],
	};
}
