import nock from 'nock';
import type { INodeExecutionData } from 'n8n-workflow';

import { hostileAnswers } from '../everyOperation/hostileReplies';
import { everyCall } from '../everyOperation/operations';
import type { OperationCall } from '../everyOperation/operations';
import { startRecorder } from '../everyOperation/recorder';
import type { Answer, Recorder } from '../everyOperation/recorder';
import { credentials as dropboxCredentials } from './dropboxUpload/support';
import { binaryItem, packNodes, runNode } from './harness';
import { CALLED, credentialsOf, deliverEvent, POLLED, pollingTrigger } from './harness/triggers';

const MEGABYTE = 1024 * 1024;
const LONGEST_TEXT = 4000;

/** An operation that waits asks three times. */
const OPTIONS = { maxRetries: 0, pollIntervalSeconds: 20, timeoutMinutes: 1 };

// of the size that a test can send a thousand times
jest.mock('../../nodes/shared/http/lineLimits', () => {
	const { LINE_LIMITS } = jest.requireActual<typeof import('../../nodes/shared/http/lineLimits')>(
		'../../nodes/shared/http/lineLimits',
	);
	return { LINE_LIMITS: { ...LINE_LIMITS, replyBytes: 1024 * 1024 } };
});

// Dropbox has one address for everybody
let mockDropboxAddress: string;
jest.mock('../../nodes/DropboxUpload/provider', () => {
	const { dropbox } = jest.requireActual<typeof import('../../nodes/DropboxUpload/provider')>(
		'../../nodes/DropboxUpload/provider',
	);
	return {
		dropbox: {
			...dropbox,
			get address() {
				return mockDropboxAddress;
			},
		},
	};
});

/** What asks the provider and gets a hostile answer: everything, or only what reads. */
const SPOILT: Record<string, (method: string) => boolean> = {
	'every request': () => true,
	'each read': (method) => method === 'GET',
};

/** Ways to ask a provider, each with its name and what comes out. */
type Ends = Array<[name: string, end: () => Promise<INodeExecutionData[]>]>;

describe('a hostile provider', () => {
	const nodes = Object.fromEntries(packNodes().map((node) => [node.description.name, node]));
	let hostile: Recorder;
	let elsewhere: Recorder;
	let answer: Answer;
	let isSpoilt: (method: string) => boolean;

	beforeAll(async () => {
		nock.restore();
		elsewhere = await startRecorder();
		hostile = await startRecorder((method) => (isSpoilt(method) ? answer : undefined));
		mockDropboxAddress = hostile.addressOf('dropbox', 'a');
	});

	beforeEach(() => elsewhere.requests.splice(0));

	afterAll(async () => {
		await hostile.stop();
		await elsewhere.stop();
	});

	/** What an operation ends with: its items, or what a user reads of its error. */
	async function endOf(call: OperationCall): Promise<INodeExecutionData[]> {
		const { options, ...parameters } = call.parameters;
		return await runNode({
			node: nodes[call.provider]!,
			credentials: credentialsOf(call.provider, 'a', hostile),
			parameters: {
				resource: call.resource,
				operation: call.operation,
				...parameters,
				options: { ...(options as object), ...OPTIONS },
			},
			items: [await binaryItem(Buffer.from('sound'))],
			continueOnFail: true,
		});
	}

	/** What a polling trigger emits that has begun before the provider turned hostile. */
	async function endOfLooks(
		trigger: Parameters<typeof pollingTrigger>[0],
	): Promise<INodeExecutionData[]> {
		const look = pollingTrigger(trigger);
		isSpoilt = () => false;
		await look('trigger');
		isSpoilt = () => true;
		const found = [await itemsOf(look('trigger')), await itemsOf(look('manual'))];
		return found.flat();
	}

	/** Every trigger that polls. */
	const pollingTriggers = () => [
		...POLLED.map((provider) => ({
			node: nodes[`${provider}Trigger`]!,
			credentials: credentialsOf(provider, 'a', hostile),
		})),
		{
			node: nodes.dropboxUploadTrigger!,
			credentials: dropboxCredentials(),
			parameters: { folder: { __rl: true, mode: 'path', value: '/Recordings' } },
		},
	];

	/** What a trigger emits that asks a hostile provider for the job of a genuine event. */
	async function endOfDelivery(provider: string): Promise<INodeExecutionData[]> {
		isSpoilt = () => true;
		const answer = await deliverEvent(provider, 'a', {
			node: nodes[`${provider}Trigger`]!,
			credentials: credentialsOf(provider, 'a', hostile),
			parameters: { options: { files: ['srt'] } },
		});
		expect(answer).toMatchObject({ status: 200, items: [{}] });
		// a trigger says in an object why it could not read the job
		return answer.items!.map(({ json, binary }) => ({
			json: { ...json, error: (json.error as Error | null)?.message },
			binary,
		}));
	}

	/** Fails where an item holds what must not come out of a node; gives how much there was to look at. */
	function expectHarmless(name: string, items: INodeExecutionData[]): number {
		const errors = items.flatMap(({ json }) => (typeof json.error === 'string' ? json.error : []));
		const files = items.flatMap(({ binary = {} }) => Object.values(binary));
		for (const error of errors) {
			expect({ name, error }).toEqual({ name, error: expect.stringMatching(/^[^\p{Cc}]+$/u) });
			expect(error.length).toBeLessThan(LONGEST_TEXT);
		}
		const named = items.filter(({ json }) => typeof json.fileName === 'string');
		for (const { fileName } of [...files, ...named.map(({ json }) => json)]) {
			const harmless = expect.stringMatching(/^(?!\.+$)[^/\\\p{Cc}]+$/u);
			expect({ name, fileName }).toEqual({ name, fileName: harmless });
		}
		return errors.length + files.length;
	}

	/** Holds that nothing which asks a hostile provider does harm, whatever it asks. */
	async function expectNoHarm(kind: string, ends: Ends): Promise<void> {
		answer = hostileAnswers(elsewhere.addressOf('anywhere', 'a'))[kind]!;
		const before = process.memoryUsage().rss;

		let seen = 0;
		for (const [name, end] of ends) seen += expectHarmless(name, await end());

		expect(seen).toBeGreaterThan(0);
		expect(elsewhere.requests).toEqual([]);
		expect(({} as { hostile?: unknown }).hostile).toBeUndefined();
		expect(process.memoryUsage().rss - before).toBeLessThan(400 * MEGABYTE);
	}

	const kinds = Object.keys(hostileAnswers(''));

	describe.each(Object.entries(SPOILT))('that spoils %s', (_what, spoils) => {
		it.each(kinds)(
			'with %s harms nothing',
			async (kind) => {
				isSpoilt = spoils;
				await expectNoHarm(
					kind,
					everyCall.map((call) => [nameOf(call), async () => await endOf(call)]),
				);
			},
			120_000,
		);
	});

	describe('that a trigger asks', () => {
		it.each(kinds)('with %s harms nothing', async (kind) => {
			const ends: Ends = [];
			for (const trigger of pollingTriggers()) {
				ends.push([trigger.node.description.name, async () => await endOfLooks(trigger)]);
			}
			for (const provider of CALLED) {
				ends.push([`${provider}Trigger`, async () => await endOfDelivery(provider)]);
			}
			await expectNoHarm(kind, ends);
		});
	});
});

function nameOf({ provider, resource, operation }: OperationCall): string {
	return `${provider} ${resource} ${operation}`;
}

/** What a look emits; its error where it fails. */
async function itemsOf(look: Promise<INodeExecutionData[] | null>): Promise<INodeExecutionData[]> {
	return await look.then(
		(items) => items ?? [],
		({ message }: Error) => [{ json: { error: message } }],
	);
}
