import type { IDataObject } from 'n8n-workflow';
import nock from 'nock';

import { everyCall, PROVIDERS, shuffled } from '../everyOperation/operations';
import type { OperationCall } from '../everyOperation/operations';
import { startRecorder } from '../everyOperation/recorder';
import type { Recorder } from '../everyOperation/recorder';
import { credentialData, leaksIn, secretsOf } from '../everyOperation/secrets';
import { binaryItem, listSearch, packNodes, runNode } from './harness';
import { UnitCredentialsHelper } from './harness/credentials';
import { CALLED, credentialsOf, deliverEvent, POLLED, pollingTrigger } from './harness/triggers';

const ACCOUNTS = ['a', 'b'];
const KNOWN = [...PROVIDERS, 'storage'].flatMap((provider) =>
	ACCOUNTS.flatMap((account) => secretsOf(provider, account)),
);

describe("each request carries its own credential's key and no other", () => {
	let recorder: Recorder;

	beforeAll(async () => {
		nock.restore();
		recorder = await startRecorder();
	});

	beforeEach(() => recorder.requests.splice(0));

	afterEach(() => jest.restoreAllMocks());

	afterAll(async () => await recorder.stop());

	const nodes = Object.fromEntries(packNodes().map((node) => [node.description.name, node]));

	async function run({ provider, resource, operation, parameters }: OperationCall, account = 'a') {
		await runNode({
			node: nodes[provider]!,
			credentials: credentialsOf(provider, account, recorder),
			credentialId: `${provider} ${account}`,
			parameters: { resource, operation, ...parameters },
			items: [await binaryItem(Buffer.from('sound'))],
		});
	}

	function expectNoLeak() {
		expect(recorder.requests.flatMap((request) => leaksIn(request, KNOWN))).toEqual([]);
	}

	/** Opens the lists of a node's fields. */
	async function openLists(provider: string, account: string) {
		const node = nodes[provider]!;
		const setup = { node, credentials: credentialsOf(provider, account, recorder) };
		for (const method of Object.keys(node.methods!.listSearch!)) {
			await listSearch({ ...setup, method });
		}
	}

	/** Lets a polling trigger look twice: at what is there, and at what is new. */
	async function look(provider: string, account: string) {
		const trigger = pollingTrigger({
			node: nodes[`${provider}Trigger`]!,
			credentials: credentialsOf(provider, account, recorder),
		});
		for (const mode of ['trigger', 'trigger', 'manual'] as const) {
			await trigger(mode).catch(
				// in the editor it says that nothing has ended so
				(error: Error) => expect(error.message).toContain('lists no job'),
			);
		}
	}

	/** Delivers a signed event, whose job the trigger then reads. */
	async function deliver(provider: string, account: string) {
		const answer = await deliverEvent(provider, account, {
			node: nodes[`${provider}Trigger`]!,
			credentials: credentialsOf(provider, account, recorder),
		});
		expect(answer.items).toHaveLength(1);
	}

	/** What asks a provider for something without being an operation. */
	const beside = [
		...PROVIDERS.map((provider) => [openLists, provider] as const),
		...POLLED.map((provider) => [look, provider] as const),
		...CALLED.map((provider) => [deliver, provider] as const),
	];

	it.each([1, 2])('in lists of fields and in triggers, in order %i', async (seed) => {
		for (const [ask, provider] of shuffled(beside, seed)) {
			for (const account of ACCOUNTS) await ask(provider, account);
		}

		expect(recorder.requests.length).toBeGreaterThan(beside.length);
		expectNoLeak();
	});

	it('as n8n is given objects of its own for each request, to write the key into', async () => {
		const given: unknown[] = [];
		const authenticate = jest.spyOn(UnitCredentialsHelper.prototype, 'authenticate');

		for (const call of everyCall) await run(call);

		for (const [, , { headers, qs, body }] of authenticate.mock.calls) {
			given.push(headers, qs, ...(body instanceof Object ? [body] : []));
		}
		expect(given.length).toBeGreaterThan(2 * everyCall.length);
		expect(new Set(given).size).toBe(given.length);
	});

	it('for each item, where the credential takes the key from the item', async () => {
		const [first, second] = ACCOUNTS.map((account) => credentialData('scripe', account, recorder));
		await runNode({
			node: nodes.scripe!,
			credentials: {
				scripeApi: { apiKey: '={{ $json.apiKey }}', baseUrl: '={{ $json.baseUrl }}' },
			},
			parameters: { resource: 'workspace', operation: 'get' },
			items: [first!, second!].map((json) => ({ json: json as IDataObject })),
		});

		expect(recorder.requests.map(({ account }) => account).sort()).toEqual(ACCOUNTS);
		expectNoLeak();
	});

	it('is tried with every operation of every node', () => {
		const tried = new Set(
			everyCall.map((call) => `${call.provider} ${call.resource} ${call.operation}`),
		);
		const offered = PROVIDERS.flatMap((provider) => operationsOffered(provider));
		expect(offered.filter((operation) => !tried.has(operation))).toEqual([]);
		expect(tried.size).toBe(offered.length);
	});

	it.each([
		['in the order of the nodes', everyCall],
		['backwards', [...everyCall].reverse()],
		['shuffled', shuffled(everyCall, 1)],
		['shuffled otherwise', shuffled(everyCall, 2)],
		['shuffled once more', shuffled(everyCall, 3)],
	])('one after the other, %s', async (_order, calls) => {
		for (const call of calls) await run(call);

		expect(recorder.requests.length).toBeGreaterThan(calls.length);
		expectNoLeak();
	});

	// an appliance that is started and stopped at the same moment does neither
	const withoutStop = everyCall.filter(({ operation }) => operation !== 'stop');

	it('all at once', async () => {
		await Promise.all(shuffled(withoutStop, 4).map(async (call) => await run(call)));

		expect(recorder.requests.length).toBeGreaterThan(withoutStop.length);
		expectNoLeak();
	});

	it.each(PROVIDERS)('for two credentials of %s at once', async (provider) => {
		const calls = shuffled(withoutStop, 5).filter((call) => call.provider === provider);
		await Promise.all(
			calls.flatMap((call) => ACCOUNTS.map(async (account) => await run(call, account))),
		);

		const accounts = new Set(recorder.requests.map(({ account }) => account));
		expect([...accounts].sort()).toEqual(ACCOUNTS);
		expectNoLeak();
	});

	function operationsOffered(provider: string): string[] {
		const { properties } = nodes[provider]!.description;
		return properties
			.filter(({ name }) => name === 'operation')
			.flatMap(({ displayOptions, options }) =>
				(options ?? []).map(
					(option) =>
						`${provider} ${String(displayOptions!.show!.resource![0])} ${String('value' in option && option.value)}`,
				),
			);
	}
});
