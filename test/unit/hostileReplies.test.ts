import nock from 'nock';
import type { INodeExecutionData } from 'n8n-workflow';

import { hostileAnswers } from '../everyOperation/hostileReplies';
import { everyCall } from '../everyOperation/operations';
import type { OperationCall } from '../everyOperation/operations';
import { startRecorder } from '../everyOperation/recorder';
import type { Answer, Recorder } from '../everyOperation/recorder';
import { credentialData } from '../everyOperation/secrets';
import { binaryItem, packNodes, runNode } from './harness';

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

/** What asks the provider and gets a hostile answer: everything, or only what reads. */
const SPOILT: Record<string, (method: string) => boolean> = {
	'every request': () => true,
	'each read': (method) => method === 'GET',
};

describe('a hostile provider', () => {
	const nodes = Object.fromEntries(packNodes().map((node) => [node.description.name, node]));
	let provider: Recorder;
	let elsewhere: Recorder;
	let answer: Answer;
	let isSpoilt: (method: string) => boolean;

	beforeAll(async () => {
		nock.restore();
		elsewhere = await startRecorder();
		provider = await startRecorder((method) => (isSpoilt(method) ? answer : undefined));
	});

	beforeEach(() => elsewhere.requests.splice(0));

	afterAll(async () => {
		await provider.stop();
		await elsewhere.stop();
	});

	/** What an operation ends with: its items, or what a user reads of its error. */
	async function endOf(call: OperationCall): Promise<INodeExecutionData[]> {
		const { options, ...parameters } = call.parameters;
		return await runNode({
			node: nodes[call.provider]!,
			credentials: { [`${call.provider}Api`]: credentialData(call.provider, 'a', provider) },
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

	/** Fails where an item holds what must not come out of a node; gives how much there was to look at. */
	function expectHarmless(items: INodeExecutionData[], call: OperationCall): number {
		const name = `${call.provider} ${call.resource} ${call.operation}`;
		const errors = items.flatMap(({ json }) => (typeof json.error === 'string' ? json.error : []));
		const files = items.flatMap(({ binary = {} }) => Object.values(binary));
		for (const error of errors) {
			expect({ name, error }).toEqual({ name, error: expect.stringMatching(/^[^\p{Cc}]+$/u) });
			expect(error.length).toBeLessThan(LONGEST_TEXT);
		}
		for (const { fileName } of files) {
			const harmless = expect.stringMatching(/^(?!\.+$)[^/\\\p{Cc}]+$/u);
			expect({ name, fileName }).toEqual({ name, fileName: harmless });
		}
		return errors.length + files.length;
	}

	describe.each(Object.entries(SPOILT))('that spoils %s', (_what, spoils) => {
		it.each(Object.keys(hostileAnswers('')))(
			'with %s harms nothing',
			async (kind) => {
				isSpoilt = spoils;
				answer = hostileAnswers(elsewhere.addressOf('anywhere', 'a'))[kind]!;
				const before = process.memoryUsage().rss;

				let seen = 0;
				for (const call of everyCall) seen += expectHarmless(await endOf(call), call);

				expect(seen).toBeGreaterThan(0);
				expect(elsewhere.requests).toEqual([]);
				expect(({} as { hostile?: unknown }).hostile).toBeUndefined();
				expect(process.memoryUsage().rss - before).toBeLessThan(400 * MEGABYTE);
			},
			120_000,
		);
	});
});
