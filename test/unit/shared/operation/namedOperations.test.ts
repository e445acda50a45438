import { createRunExecutionData } from 'n8n-workflow';
import type { INodeTypeDescription } from 'n8n-workflow';

import type { JobProvider } from '../../../../nodes/shared/core/provider';
import {
	binaryItem,
	callsOf,
	errorOf,
	JOBS_STARTED,
	operationsByName,
	packNodes,
	useStage,
} from '../../harness';
import type { OperationCall } from '../../../everyOperation/operations';
import { UUID } from '../../../everyOperation/operations';
import type { Meddling, StageCall } from '../../../everyOperation/stage';
import { scripe, scriptivox, transcripton, whipscribe } from '../providers';

const stage = useStage();
const PROVIDERS: Record<string, JobProvider> = { scriptivox, whipscribe, transcripton, scripe };
const description = (provider: string): INodeTypeDescription =>
	packNodes().find(({ description: { name } }) => name === provider)!.description;

// an operation's name is in title case; the words behind it are not
const namedIn = (text: string) =>
	text.match(/\b[A-Z][a-z]+: (?:[A-Z][a-z]+ )*[A-Z][a-z]+\b(?! Type)/g) ?? [];
/** Names of operations without their resource, which the panel asks for first. */
const WITHOUT_RESOURCE = /(?<!: )\b(Get Many|Get Transcript)\b|\bGet or Wait\b|\boperation\b/;

const isStart = ({ call }: StageCall) =>
	/^POST \/(transcribe(\/url)?|jobs(\/from-url)?|sources|posts(\/generations)?)$/.test(call);
const isLook = ({ call }: StageCall) => /^GET \/(jobs|transcribe)\/[^?]+$/.test(call);
const running = ({ provider }: StageCall): Meddling => ({
	status: 200,
	body:
		provider === 'scripe'
			? { data: { id: 'job_5gH6iJ7kL8', status: 'RUNNING' } }
			: { id: UUID, job_id: UUID, status: 'processing' },
});
const REFUSED: Meddling = { status: 401, body: {} };

/** What ends a job's wait or its start: what the node says then. */
const SITUATIONS: Record<
	string,
	(call: OperationCall) => Promise<Error & { description?: unknown }>
> = {
	'a look that is refused': async (call) => {
		stage.meddle = (one) => (isLook(one) ? REFUSED : undefined);
		return await errorOf(stage.run(call));
	},
	'a time limit': async (call) => {
		stage.meddle = (one) => (isLook(one) ? running(one) : undefined);
		return await errorOf(stage.run(call, { timeoutMinutes: 1 }));
	},
	Stop: async (call) => {
		const stop = new AbortController();
		stage.meddle = (one) => {
			if (isLook(one)) stop.abort();
			return isLook(one) ? running(one) : undefined;
		};
		return await errorOf(stage.run(call, {}, { signal: stop.signal }));
	},
	'a neighbour that is refused': async (call) => {
		let seen = 0;
		stage.meddle = (one) => (isStart(one) && ++seen === 2 ? { status: 400, body: {} } : undefined);
		const items = [await binaryItem(Buffer.from('a')), await binaryItem(Buffer.from('b'))];
		return await errorOf(stage.run(call, {}, { items }));
	},
	'a start that may have arrived': async (call) => {
		const runExecutionData = createRunExecutionData({});
		stage.meddle = (one) =>
			isStart(one)
				? 'reset'
				: /^GET \/jobs\?/.test(one.call)
					? { status: 200, body: { jobs: [{ id: UUID, created_at: '2026-11-22T12:00:01Z' }] } }
					: undefined;
		await errorOf(stage.run(call, { idempotencyKey: 'none' }, { runExecutionData }));
		return await errorOf(stage.run(call, { idempotencyKey: 'none' }, { runExecutionData }));
	},
	'a start whose reply got lost': async (call) => {
		stage.meddle = (one) => (isStart(one) ? 'reset' : undefined);
		return await errorOf(stage.run(call, { idempotencyKey: 'none' }));
	},
};

describe.each(Object.entries(PROVIDERS))('what messages of %s name', (name, provider) => {
	const operations = operationsByName(description(name));
	const known = [...operations.keys()];

	it('reads a job, and is an operation of its node', async () => {
		const named = provider.readWith.split(' or ');

		expect(known).toEqual(expect.arrayContaining(named));
		for (const one of named) {
			const { resource, operation } = operations.get(one)!;
			const [[, call]] = callsOf(new RegExp(`^${name} ${resource} ${operation}$`)) as [
				[string, OperationCall],
			];
			const [item] = await stage.run(call);
			expect(item!.json).toMatchObject({ text: expect.stringMatching(/Hi|Good morning\./) });
		}
	});

	it('lists jobs, and is an operation of its node', async () => {
		expect(known).toContain(provider.listWith);
		const { resource, operation } = operations.get(provider.listWith)!;
		const [[, call]] = callsOf(new RegExp(`^${name} ${resource} ${operation}$`)) as [
			[string, OperationCall],
		];
		const [item] = await stage.run(call);
		expect(item!.json.id).toBeDefined();
	});

	it('is there, in each hint', () => {
		for (const hint of Object.values(provider.hints)) {
			expect(known).toEqual(expect.arrayContaining(namedIn(hint)));
			expect(hint).not.toMatch(WITHOUT_RESOURCE);
		}
	});

	const own = JOBS_STARTED.filter(([, { provider: of }]) => of === name);
	const cases = own.flatMap(([of, call]) =>
		Object.entries(SITUATIONS).map(([what, ends]) => [what, of, call, ends] as const),
	);

	it.each(cases)('is there, after %s (%s)', async (_what, _of, call, ends) => {
		const { message, description: words } = await ends(call);
		const said = `${message} ${String(words)}`;

		expect(namedIn(said)).not.toEqual([]);
		expect(known).toEqual(expect.arrayContaining(namedIn(said)));
		expect(said).not.toMatch(WITHOUT_RESOURCE);
	});
});

it.each(callsOf(/scripe source create text/, /scripe post create/))(
	'what is no job is not said to be one: %s',
	async (_name, call) => {
		const { description: words } = await SITUATIONS['a start that may have arrived']!(call);

		expect(words).not.toContain('get the job');
		expect([...operationsByName(description('scripe')).keys()]).toEqual(
			expect.arrayContaining(namedIn(String(words))),
		);
	},
);

it('a post that a job has written is read with Job: Get and Job: Wait', async () => {
	const job = {
		id: 'job_5gH6iJ7kL8',
		type: 'POST_GENERATION',
		status: 'DONE',
		projectId: 'proj_7Qk2vX9mB4',
		result: { postId: 'post_1' },
	};
	stage.meddle = ({ call }) => {
		if (call.startsWith('GET /jobs/')) return { status: 200, body: { data: job } };
		return call.startsWith('GET /posts')
			? { status: 200, body: { data: [{ id: 'post_1', content: 'Hi' }], pagination: {} } }
			: undefined;
	};

	for (const [, call] of callsOf(/scripe job (get|wait)$/)) {
		const [item] = await stage.run(call);
		expect(item!.json).toMatchObject({ status: 'completed', post: { content: 'Hi' } });
	}
});
