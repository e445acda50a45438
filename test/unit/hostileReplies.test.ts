import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import nock from 'nock';
import type { INodeExecutionData } from 'n8n-workflow';

import { hostileAnswers } from '../everyOperation/hostileReplies';
import type { HostileAnswer } from '../everyOperation/hostileReplies';
import { everyCall } from '../everyOperation/operations';
import type { OperationCall } from '../everyOperation/operations';
import { replyTo } from '../everyOperation/replies';
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
	let provider: Server;
	let elsewhere: Server;
	let astray: string[];
	let answer: HostileAnswer;
	let isSpoilt: (method: string) => boolean;

	const addressOf = (server: Server) =>
		`http://127.0.0.1:${(server.address() as AddressInfo).port}`;

	beforeAll(async () => {
		nock.restore();
		elsewhere = createServer((request, response) => {
			astray.push(`${request.method} ${request.url}`);
			response.end('{}');
		});
		provider = createServer((request, response) => {
			request.resume();
			// an upload is answered once it is there, as by a server that means well
			request.on('end', () => {
				const { method = '', url = '' } = request;
				const [, name = '', account = ''] = url.split('/');
				const path = url.slice(`/${name}/${account}`.length);
				const storageUrl = `${addressOf(provider)}/storage/a`;
				const genuine = replyTo(name, method, path, { storageUrl, isRecording: true });
				if (isSpoilt(method)) return answer(response, genuine);
				const text = typeof genuine.body === 'string' ? genuine.body : JSON.stringify(genuine.body);
				response.writeHead(genuine.status, { 'content-type': 'application/json' }).end(text);
			});
		});
		for (const server of [provider, elsewhere]) {
			await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		}
	});

	beforeEach(() => {
		astray = [];
	});

	afterAll(async () => {
		for (const server of [provider, elsewhere]) {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		}
	});

	/** What an operation ends with: its items, or what a user reads of its error. */
	async function endOf(call: OperationCall): Promise<INodeExecutionData[]> {
		const addresses = { addressOf: (name: string) => `${addressOf(provider)}/${name}/a` };
		const { options, ...parameters } = call.parameters;
		return await runNode({
			node: nodes[call.provider]!,
			credentials: { [`${call.provider}Api`]: credentialData(call.provider, 'a', addresses) },
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
				answer = hostileAnswers(addressOf(elsewhere))[kind]!;
				const before = process.memoryUsage().rss;

				let seen = 0;
				for (const call of everyCall) seen += expectHarmless(await endOf(call), call);

				expect(seen).toBeGreaterThan(0);
				expect(astray).toEqual([]);
				expect(({} as { hostile?: unknown }).hostile).toBeUndefined();
				expect(process.memoryUsage().rss - before).toBeLessThan(400 * MEGABYTE);
			},
			120_000,
		);
	});
});
