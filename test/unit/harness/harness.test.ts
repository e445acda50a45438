import nock from 'nock';
import { sleep } from 'n8n-workflow';
import type {
	ICredentialType,
	IExecuteFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	INodeType,
	IPollFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

import {
	binaryItem,
	bytesOf,
	callWebhook,
	errorOf,
	everythingSaidBy,
	listSearch,
	pollNode,
	runNode,
	START,
	useBinaryStorage,
	waits,
} from '.';
import type { BinaryStorage } from '.';

const echoApi: ICredentialType = {
	name: 'echoApi',
	displayName: 'Echo API',
	properties: [
		{ displayName: 'API Key', name: 'apiKey', type: 'string', default: '' },
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://echo.example/v1',
		},
	],
	authenticate: {
		type: 'generic',
		properties: { headers: { Authorization: '=Bearer {{$credentials.apiKey}}' } },
	},
};

async function get(
	this: IExecuteFunctions | IWebhookFunctions | ILoadOptionsFunctions | IPollFunctions,
	path: string,
) {
	const { baseUrl } = await this.getCredentials('echoApi');
	const options: IHttpRequestOptions = { url: `${String(baseUrl)}${path}`, json: true };
	return (await this.helpers.httpRequestWithAuthentication.call(this, 'echoApi', options)) as {
		said: string;
	};
}

/** A node with one of each kind of method, to try the harness itself. */
const echo = {
	description: {
		displayName: 'Echo',
		name: 'echo',
		group: ['transform'],
		version: [1, 2],
		description: 'Says again what it hears',
		defaults: { name: 'Echo' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'echoApi', required: true }],
		webhooks: [
			{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'webhook' },
		],
		properties: [
			{ displayName: 'Path', name: 'path', type: 'string', default: '/default' },
			{ displayName: 'Binary', name: 'binary', type: 'boolean', default: false },
			{ displayName: 'Wait', name: 'wait', type: 'number', default: 0 },
		],
	},
	methods: {
		listSearch: {
			async words(this: ILoadOptionsFunctions, filter?: string) {
				const { said } = await get.call(this, `/search?for=${filter}`);
				return { results: [{ name: said, value: said }] };
			},
		},
	},
	async execute(this: IExecuteFunctions) {
		await sleep(this.getNodeParameter('wait', 0) as number, this.getExecutionCancelSignal());
		if (this.getNodeParameter('binary', 0)) {
			const bytes = await this.helpers.getBinaryDataBuffer(0, 'data');
			const shouted = Buffer.from(bytes.toString('utf8').toUpperCase());
			return [
				[{ json: {}, binary: { data: await this.helpers.prepareBinaryData(shouted, 'a.txt') } }],
			];
		}
		const { said } = await get.call(this, this.getNodeParameter('path', 0) as string);
		return [[{ json: { said, executionId: this.getExecutionId() } }]];
	},
	async webhook(this: IWebhookFunctions) {
		const request = this.getRequestObject();
		if (request.headers['x-word'] !== 'please') {
			this.getResponseObject().status(401).json({ error: 'Say please' });
			return { noWebhookResponse: true };
		}
		const seen = this.getWorkflowStaticData('node');
		seen.calls = Number(seen.calls ?? 0) + 1;
		await request.readRawBody();
		const { length } = request.rawBody;
		return { workflowData: [[{ json: { length, calls: seen.calls } }]] };
	},
	async poll(this: IPollFunctions) {
		const { said } = await get.call(this, '/news');
		return said ? [[{ json: { said } }]] : null;
	},
} as unknown as INodeType;

const SECRET = 'sk_live_harness_0123456789';
const setup = {
	node: echo,
	credentials: { echoApi: { apiKey: SECRET } },
	credentialTypes: [echoApi],
};

describe('the unit-test harness', () => {
	it('sends a request through the HTTP client of n8n, authenticated as the credential type says', async () => {
		nock('https://echo.example', { reqheaders: { authorization: `Bearer ${SECRET}` } })
			.get('/v1/default')
			.reply(200, { said: 'hello' });

		const items = await runNode({ ...setup, executionId: '77' });

		expect(items).toEqual([{ json: { said: 'hello', executionId: '77' } }]);
	});

	it('resolves expressions in parameters for the item at hand', async () => {
		nock('https://echo.example').get('/v1/from-json').reply(200, { said: 'yes' });

		const items = await runNode({
			...setup,
			parameters: { path: '={{ $json.path }}' },
			items: [{ json: { path: '/from-json' } }],
		});

		expect(items[0]?.json.said).toBe('yes');
	});

	it('lets no request out that a test did not expect', async () => {
		const error = await errorOf(runNode({ ...setup, parameters: { path: '/unexpected' } }));

		expect(everythingSaidBy(error)).toContain('Disallowed net connect');
	});

	it.each<BinaryStorage>(['filesystem', 'memory'])('keeps binaries in %s', async (storage) => {
		await useBinaryStorage(storage);
		const item = await binaryItem(Buffer.from('quiet'), { fileName: 'quiet.txt' });

		const [output] = await runNode({ ...setup, parameters: { binary: true }, items: [item] });

		expect(Boolean(item.binary?.data?.id)).toBe(storage === 'filesystem');
		expect((await bytesOf(output?.binary?.data)).toString()).toBe('QUIET');
	});

	it('passes waits without waiting and moves the clock instead', async () => {
		nock('https://echo.example').get('/v1/default').reply(200, { said: 'late' });

		await runNode({ ...setup, parameters: { wait: 3_600_000 } });

		expect(waits).toEqual([3_600_000]);
		expect(Date.now()).toBe(START.getTime() + 3_600_000);
	});

	it('ends a wait when the execution is stopped', async () => {
		const stopped = AbortSignal.abort(new Error('stopped by the user'));

		const run = runNode({ ...setup, parameters: { wait: 1000 }, signal: stopped });

		await expect(run).rejects.toThrow('stopped by the user');
	});

	it('calls a webhook with the bytes as received and keeps what the node remembers', async () => {
		const staticData = { calls: 1 };

		const answer = await callWebhook({
			...setup,
			body: Buffer.from('{"a": 1}'),
			headers: { 'X-Word': 'please' },
			staticData,
		});

		expect(answer).toEqual({
			status: null,
			body: null,
			items: [{ json: { length: 8, calls: 2 } }],
		});
		expect(staticData.calls).toBe(2);
	});

	it("hands over a webhook's own refusal", async () => {
		const answer = await callWebhook({ ...setup, body: Buffer.from('{}') });

		expect(answer).toEqual({ status: 401, body: { error: 'Say please' }, items: null });
	});

	it('searches a list', async () => {
		nock('https://echo.example').get('/v1/search?for=ab').reply(200, { said: 'abc' });

		const list = await listSearch({ ...setup, method: 'words', filter: 'ab' });

		expect(list).toEqual({ results: [{ name: 'abc', value: 'abc' }] });
	});

	it('polls once', async () => {
		nock('https://echo.example').get('/v1/news').reply(200, { said: 'new' });

		expect(await pollNode(setup)).toEqual([{ json: { said: 'new' } }]);
	});
});
