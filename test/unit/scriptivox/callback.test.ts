import nock from 'nock';
import { createRunExecutionData } from 'n8n-workflow';
import type {
	EngineRequest,
	IDataObject,
	IExecuteData,
	INodeExecutionData,
	INodeParameters,
} from 'n8n-workflow';

import { Scriptivox } from '../../../nodes/Scriptivox/Scriptivox.node';
import {
	advanceSeconds,
	binaryItem,
	callWebhook,
	errorOf,
	executeNode,
	START,
	useBinaryStorage,
} from '../harness';
import { UnitCredentialsHelper } from '../harness/credentials';
import type { Run } from '../harness';
import { bytesOf, NOW, signed } from './signing';
import { api, COMPLETED, credentials, expectUpload, ID, KEY, SIMPLIFIED } from './support';

const SENT = 'https://example.com/recording.mp3';
const FROM_LOOP = { previousNode: 'Loop', previousNodeOutput: 1, previousNodeRun: 3 };
const PARKED = [[]];

/** One run of the node in an execution, as n8n comes back to it again and again. */
class ParkedRun {
	readonly runExecutionData = createRunExecutionData({ resumeToken: 'token-of-the-execution' });

	readonly executeData: Partial<IExecuteData> = { source: { main: [FROM_LOOP] } };

	constructor(
		private options: IDataObject = {},
		private readonly more: Partial<Run> = {},
	) {}

	/** Changes the node's options, as a user does before a retry. */
	setOptions(options: IDataObject): void {
		this.options = options;
	}

	/** Lets n8n run the node. */
	async run(more: Partial<Run> = {}) {
		return await executeNode({
			node: new Scriptivox(),
			credentials,
			parameters: {
				resource: 'transcription',
				operation: 'transcribe',
				inputType: 'url',
				url: SENT,
				wait: 'webhook',
				options: this.options as INodeParameters,
			},
			runExecutionData: this.runExecutionData,
			executeData: this.executeData,
			...this.more,
			...more,
		});
	}

	/** Lets it start its job and park. */
	async park() {
		expectStart();
		look('processing');
		const request = (await this.run()) as EngineRequest;
		expect(await this.run({ items: [{ json: { mixed: 'by n8n' } }] })).toEqual(PARKED);
		return request;
	}

	get parkedUntil() {
		return this.runExecutionData.waitTill;
	}

	/** Calls the webhook of the parked execution. */
	async call(
		body: IDataObject | Buffer,
		headers = signed(Buffer.isBuffer(body) ? body : bytesOf(body)),
		apiKeys: Record<string, string> = {},
	) {
		return await callWebhook({
			node: new Scriptivox(),
			credentials: { scriptivoxApi: { ...credentials.scriptivoxApi, ...apiKeys } },
			parameters: { resource: 'transcription', operation: 'transcribe', wait: 'webhook' },
			body: Buffer.isBuffer(body) ? body : bytesOf(body),
			headers,
			runExecutionData: this.runExecutionData,
		});
	}
}

/** Lets n8n's database fail at one of the readings of a credential, until it comes back. */
function readingFails(failing: number, error: Error) {
	const { getDecrypted } = UnitCredentialsHelper.prototype;
	const spy = jest.spyOn(UnitCredentialsHelper.prototype, 'getDecrypted');
	const database = { reads: 0, comeBack: () => spy.mockRestore() };
	spy.mockImplementation(async function (this: UnitCredentialsHelper, ...given) {
		if (++database.reads === failing) throw error;
		return await getDecrypted.apply(this, given);
	});
	return database;
}

/** What an n8n that signs no addresses keeps of an execution. */
function unsignedExecution() {
	const unsigned = createRunExecutionData({});
	delete (unsigned as { resumeToken?: string }).resumeToken;
	return unsigned;
}

function expectStart(): { body?: IDataObject } {
	const sent: { body?: IDataObject } = {};
	api()
		.post('/v1/transcribe', (body: IDataObject) => {
			sent.body = body;
			return true;
		})
		.reply(200, { id: ID, status: 'created' });
	return sent;
}

const fromFile: INodeParameters = {
	resource: 'transcription',
	operation: 'transcribe',
	inputType: 'binaryFile',
	wait: 'webhook',
};

const look = (status: string, more: IDataObject = {}) =>
	api()
		.get(`/v1/transcribe/${ID}`)
		.reply(200, { id: ID, status, ...more });

const lookAtTheEnd = () => api().get(`/v1/transcribe/${ID}`).reply(200, COMPLETED);

const event = (name: string, id = ID) => ({ event: `transcription.${name}`, transcription_id: id });

describe('waiting for a callback', () => {
	it('gives Scriptivox the resume URL of the execution, with its token', async () => {
		const sent = expectStart();
		lookAtTheEnd();

		await new ParkedRun().run();

		expect(sent.body).toMatchObject({
			url: SENT,
			webhook_url: 'http://n8n.example/webhook-waiting/1001?signature=token-of-the-execution',
		});
	});

	it('does not park for a job that has ended already', async () => {
		expectStart();
		lookAtTheEnd();
		const parked = new ParkedRun();

		expect(await parked.run()).toEqual([
			[{ json: { ...SIMPLIFIED, replayed: false }, pairedItem: { item: 0 } }],
		]);
		expect(parked.parkedUntil).toBeUndefined();
	});

	it('asks n8n for one more run, and parks in the first of the two', async () => {
		const parked = new ParkedRun();
		const request = await parked.park();

		expect(request.actions).toMatchObject([{ nodeName: 'Scriptivox', type: 'main', input: {} }]);
		expect(parked.executeData.data).toEqual({ main: [] });
		expect(parked.parkedUntil).toEqual(new Date(START.getTime() + 60_000));
	});

	it('is known by the request’s id where n8n numbers its run anew', async () => {
		const parked = new ParkedRun();
		expectStart();
		look('processing');
		const { actions } = (await parked.run()) as EngineRequest;
		const asked = { json: { toolCallId: actions[0]!.id } };

		expect(await parked.run({ runIndex: 1, items: [asked] })).toEqual(PARKED);
		lookAtTheEnd();
		expect(await parked.run()).toMatchObject([[{ json: SIMPLIFIED }]]);
	});

	it('says that name and contents of its file disagreed, when the file is not at hand any more', async () => {
		await useBinaryStorage('filesystem');
		const mp4 = Buffer.from('\0\0\0\x20ftypisom', 'latin1');
		const items = [await binaryItem(mp4, { fileName: 'memo.mp3', mimeType: 'audio/mpeg' })];
		const file = { inputType: 'binaryFile', wait: 'webhook' };
		const parameters = { resource: 'transcription', operation: 'transcribe', ...file };
		const parked = new ParkedRun({}, { parameters });
		expectUpload('memo.mp3');
		expectStart();
		look('processing');
		await parked.run({ items });
		await parked.run({ items: [{ json: {} }] });
		look('failed', { error: { code: 'INVALID_MEDIA_FORMAT', message: 'No sound' } });

		const error = await errorOf(parked.run({ items: [{ json: {} }] }));

		expect(error.description).toContain('says mp3, its first bytes say mp4');
		expect(error.description).toContain(ID);
	});

	it('never starts a second job in a run that was asked for', async () => {
		const metadata = { preserveSourceOverwrite: true };
		const source = { main: [{ previousNode: 'Scriptivox' }] };
		const parked = new ParkedRun();

		const asked = await errorOf(parked.run({ executeData: { source, metadata } }));
		const resumed = await errorOf(
			parked.run({
				executeData: { source: { main: [FROM_LOOP] }, metadata: { nodeWasResumed: true } },
			}),
		);

		expect([asked.message, resumed.message]).toEqual(
			Array(2).fill('n8n has lost sight of the job that it waited for'),
		);
	});

	it('names its job beside the execution’s data, which n8n may lose, until it has ended', async () => {
		const parked = new ParkedRun();
		await parked.park();
		const { resultData } = parked.runExecutionData;

		expect(resultData.metadata).toEqual({ jobs_under_way: `Scriptivox ${ID}` });
		lookAtTheEnd();
		await parked.run();
		expect(resultData.metadata).toEqual({ jobs_under_way: '' });
	});

	it('names nothing where the job has ended at the first look', async () => {
		expectStart();
		lookAtTheEnd();
		const parked = new ParkedRun();

		await parked.run();

		expect(parked.runExecutionData.resultData.metadata).toBeUndefined();
	});

	it('turns off no other run with the one that parks', async () => {
		const parked = new ParkedRun();
		expectStart();
		look('processing');
		await parked.run();
		const { node } = parked.executeData;
		await parked.run();

		parked.executeData.node!.disabled = true;

		expect(node!.disabled).toBeUndefined();
	});

	it('reads the transcript by its id when n8n goes on, with the item that it came from', async () => {
		const parked = new ParkedRun();
		await parked.park();
		lookAtTheEnd();

		expect(await parked.run()).toEqual([
			[
				{
					json: { ...SIMPLIFIED, replayed: false },
					pairedItem: { item: 0, sourceOverwrite: FROM_LOOP },
				},
			],
		]);
	});

	it('gives Scriptivox’s own reply without Simplify', async () => {
		const parked = new ParkedRun();
		expectStart();
		look('processing');
		const parameters = {
			resource: 'transcription',
			operation: 'transcribe',
			inputType: 'url',
			url: SENT,
			wait: 'webhook',
			simplify: false,
		};
		await parked.run({ parameters });
		await parked.run({ parameters });
		lookAtTheEnd();

		const [items] = (await parked.run({ parameters })) as INodeExecutionData[][];

		expect(items![0]!.json).toEqual(COMPLETED);
	});

	describe('with files', () => {
		const parameters = {
			resource: 'transcription',
			operation: 'transcribe',
			inputType: 'url',
			url: SENT,
			wait: 'webhook',
			files: ['srt', 'txt'],
		};
		const expectExport = (format: string) => api().get(`/v1/transcribe/${ID}`).query({ format });

		it('fetches them when it is there, named after the recording', async () => {
			await useBinaryStorage('filesystem');
			const parked = new ParkedRun({}, { parameters });
			await parked.park();
			lookAtTheEnd();
			expectExport('srt').reply(200, 'cues');
			expectExport('text').reply(503);
			expectExport('text').reply(200, 'words');

			const [items] = (await parked.run()) as INodeExecutionData[][];

			expect(items![0]!.json).toEqual({ ...SIMPLIFIED, replayed: false });
			expect(items![0]!.pairedItem).toEqual({ item: 0, sourceOverwrite: FROM_LOOP });
			expect(items![0]!.binary).toMatchObject({
				srt: { fileName: 'recording.srt' },
				txt: { fileName: 'recording.txt' },
			});
			expect(nock.isDone()).toBe(true);
		});

		it('goes on with the transcript where one cannot be had', async () => {
			const parked = new ParkedRun({}, { parameters });
			await parked.park();
			lookAtTheEnd();
			expectExport('srt').reply(400, { error: { code: 'INVALID_REQUEST', message: 'No' } });
			expectExport('text').reply(200, 'words');

			const [items] = (await parked.run()) as INodeExecutionData[][];

			const error = { code: 'INVALID_REQUEST' };
			expect(items![0]!.json).toMatchObject({ text: SIMPLIFIED.text, error });
			expect(Object.keys(items![0]!.binary!)).toEqual(['txt']);
		});

		it('asks for none of a job that failed, or that runs', async () => {
			const parked = new ParkedRun({}, { parameters });
			await parked.park();
			look('failed', { error: { code: 'DOWNLOAD_FAILED', message: 'No' } });

			expect((await errorOf(parked.run())).message).toContain('DOWNLOAD_FAILED');
		});

		it('refuses a kind that there is not before it starts a job', async () => {
			const parked = new ParkedRun({}, { parameters: { ...parameters, files: ['pdf'] } });

			expect((await errorOf(parked.run())).message).toContain('no export format "pdf"');
		});

		it('does not name the execution’s job in two ways where it is stopped', async () => {
			const parked = new ParkedRun({}, { parameters });
			await parked.park();
			lookAtTheEnd();
			const stop = new AbortController();
			expectExport('srt').reply(() => {
				setImmediate(() => stop.abort(new Error('stopped')));
				return [503, {}];
			});

			const error = await errorOf(parked.run({ signal: stop.signal }));

			expect(error.message).toBe(`Execution canceled: job ${ID} keeps running at Scriptivox`);
		});
	});

	it('starts a new job in the next round of a loop', async () => {
		const parked = new ParkedRun();
		await parked.park();
		lookAtTheEnd();
		await parked.run();
		expectStart();
		lookAtTheEnd();

		expect(await parked.run({ runIndex: 1 })).toHaveLength(1);
		expect(nock.isDone()).toBe(true);
	});
});

describe('a callback that does not come', () => {
	it('is missed when the age of the job has doubled, each time', async () => {
		const parked = new ParkedRun();
		await parked.park();
		const pauses: number[] = [];
		for (let round = 0; round < 4; round++) {
			const pause = parked.parkedUntil!.getTime() - Date.now();
			pauses.push(pause / 1000);
			advanceSeconds(pause / 1000);
			look('processing');
			await parked.run();
			await parked.run();
		}

		expect(pauses).toEqual([60, 60, 120, 240]);
	});

	it('is missed earlier with a shorter Poll Interval', async () => {
		const parked = new ParkedRun({ pollIntervalSeconds: 10 });
		await parked.park();

		expect(parked.parkedUntil).toEqual(new Date(START.getTime() + 10_000));
	});

	it('is missed at least every hour', async () => {
		const parked = new ParkedRun({ timeoutMinutes: 6000 });
		await parked.park();
		advanceSeconds(10 * 3600);
		look('processing');
		await parked.run();
		await parked.run();

		expect(parked.parkedUntil!.getTime() - Date.now()).toBe(3600_000);
	});

	it('still ends with the transcript at the time limit', async () => {
		const parked = new ParkedRun({ timeoutMinutes: 0.5 });
		await parked.park();
		expect(parked.parkedUntil).toEqual(new Date(START.getTime() + 30_000));
		advanceSeconds(30);
		lookAtTheEnd();

		expect(await parked.run()).toMatchObject([[{ json: SIMPLIFIED }]]);
	});

	it('ends with the way to get on where the job runs on at the time limit', async () => {
		const parked = new ParkedRun({ timeoutMinutes: 0.5 });
		await parked.park();
		advanceSeconds(30);
		look('processing');

		const error = await errorOf(parked.run());

		expect(error.message).toBe(
			`Scriptivox has not finished within 0.5 minutes: job ${ID} is processing [item 0]`,
		);
		expect(error.description).toContain('nothing is lost');
	});

	it.each<[string, Partial<Run>]>([
		['n8n tries again', {}],
		['somebody retries the execution', { executionId: '1002' }],
	])('is waited for again with a longer Timeout when %s', async (_what, again) => {
		const parked = new ParkedRun({ timeoutMinutes: 0.5 });
		await parked.park();
		advanceSeconds(30);
		look('processing');
		await errorOf(parked.run());
		parked.setOptions({ timeoutMinutes: 5 });
		look('processing');

		expect(await parked.run(again)).toHaveProperty('actions');
		expect(await parked.run(again)).toEqual(PARKED);
		lookAtTheEnd();
		expect(await parked.run(again)).toMatchObject([[{ json: SIMPLIFIED }]]);
	});

	it.each([401, 403, 404])('names the job where a look is refused with %d', async (status) => {
		const parked = new ParkedRun();
		await parked.park();
		api().get(`/v1/transcribe/${ID}`).reply(status, {});

		expect((await errorOf(parked.run())).message).toContain(`(job ${ID})`);
	});

	it('names the job where the credential was deleted meanwhile', async () => {
		const parked = new ParkedRun();
		await parked.park();

		const error = await errorOf(parked.run({ credentials: {} }));

		expect(error.message).toContain(`(job ${ID})`);
		expect(error.description).toContain('keeps running at Scriptivox');
	});

	it('is in sight where the execution is stopped', async () => {
		const parked = new ParkedRun();
		await parked.park();
		const stop = new AbortController();
		stop.abort();

		const error = await errorOf(parked.run({ signal: stop.signal }));

		expect(error.message).toBe(`Execution canceled: job ${ID} keeps running at Scriptivox`);
	});

	it('does not end the execution while Scriptivox is away', async () => {
		const parked = new ParkedRun({ maxRetries: 0 });
		await parked.park();
		api().get(`/v1/transcribe/${ID}`).reply(503);

		expect(await parked.run()).toHaveProperty('actions');
	});

	it.each([
		['starts', Object.assign(new Error('the database system is starting up'), { code: '57P03' })],
		['is not there', Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })],
		['was killed', new Error('Connection terminated unexpectedly')],
	])('does not end the execution while n8n’s database %s', async (_what, away) => {
		for (let failing = 1; ; failing++) {
			const parked = new ParkedRun({ maxRetries: 0 });
			await parked.park();
			lookAtTheEnd();
			const database = readingFails(failing, away);

			const first = await parked.run();

			database.comeBack();
			if (database.reads < failing) {
				expect(first).toHaveLength(1);
				expect(failing).toBeGreaterThan(1);
				return;
			}
			expect(first).toHaveProperty('actions');
			expect(await parked.run()).toEqual(PARKED);
			if (nock.isDone()) lookAtTheEnd();
			expect(await parked.run()).toHaveLength(1);
		}
	});

	it('ends with Scriptivox’s refusal where the job is gone', async () => {
		const parked = new ParkedRun();
		await parked.park();
		api()
			.get(`/v1/transcribe/${ID}`)
			.reply(404, { error: { code: 'TRANSCRIPTION_NOT_FOUND', message: 'Gone' } });

		expect((await errorOf(parked.run())).message).toContain('TRANSCRIPTION_NOT_FOUND');
	});
});

describe('a job that failed', () => {
	const error = { code: 'INVALID_MEDIA_FORMAT', message: 'No sound' };

	it('fails the node as it does without parking', async () => {
		const parked = new ParkedRun();
		await parked.park();
		look('failed', { error });

		expect(await errorOf(parked.run())).toMatchObject({
			message:
				'Scriptivox could not transcribe the recording: No sound (INVALID_MEDIA_FORMAT) [item 0]',
			context: { code: 'INVALID_MEDIA_FORMAT' },
		});
	});

	it('is no longer named among those under way', async () => {
		const parked = new ParkedRun();
		await parked.park();
		look('failed', { error });

		await errorOf(parked.run());

		expect(parked.runExecutionData.resultData.metadata).toEqual({ jobs_under_way: '' });
	});

	it('is named where its time is up, as it goes on', async () => {
		const parked = new ParkedRun({ timeoutMinutes: 1 });
		await parked.park();
		advanceSeconds(60);
		look('processing');

		await errorOf(parked.run());

		expect(parked.runExecutionData.resultData.metadata).toEqual({
			jobs_under_way: `Scriptivox ${ID}`,
		});
	});

	const SECOND = '22222222-8a0f-4a3c-9a57-0d7e9b1c2f4d';

	it.each<[string, Partial<Run>]>([
		['n8n tries again', {}],
		['somebody retries the execution', { executionId: '1002' }],
		['n8n tries again, and the node goes on after errors', { continueOnFail: true }],
	])('is started anew, under another key, when %s', async (_what, again) => {
		const keys: unknown[] = [];
		const start = (id: string) =>
			api()
				.post('/v1/transcribe')
				.matchHeader('idempotency-key', (key) => keys.push(key) > 0)
				.reply(200, { id, status: 'created' });
		const parked = new ParkedRun({}, { continueOnFail: again.continueOnFail ?? false });
		start(ID);
		look('processing');
		await parked.run();
		await parked.run();
		look('failed', { error });
		await parked.run().catch(() => {});
		start(SECOND);
		api()
			.get(`/v1/transcribe/${SECOND}`)
			.reply(200, { ...COMPLETED, id: SECOND });

		expect(await parked.run(again)).toMatchObject([[{ json: { ...SIMPLIFIED, id: SECOND } }]]);
		expect(keys[1]).not.toBe(keys[0]);
	});

	it.each<[string, number]>([
		['parked', 2],
		['just been started', 0],
	])('that was deleted is started anew by a retry where it has %s', async (_what, runs) => {
		const gone = () =>
			api()
				.get(`/v1/transcribe/${ID}`)
				.reply(404, { error: { code: 'TRANSCRIPTION_NOT_FOUND', message: 'Gone' } });
		const parked = new ParkedRun();
		expectStart();
		if (runs > 0) look('processing');
		for (let run = 0; run < runs; run++) await parked.run();
		gone();
		const error = await errorOf(parked.run());
		gone();
		api().post('/v1/transcribe').reply(200, { id: SECOND, status: 'created' });
		api()
			.get(`/v1/transcribe/${SECOND}`)
			.reply(200, { ...COMPLETED, id: SECOND });

		expect(error.description).toContain('a retry looks once more, and starts another');
		expect(await parked.run()).toMatchObject([[{ json: { ...SIMPLIFIED, id: SECOND } }]]);
	});

	it('is asked for as the first time where its start got no reply, by a retried execution too', async () => {
		const asked: unknown[] = [];
		const parked = new ParkedRun({ maxRetries: 0 });
		const start = (status: number, reply: IDataObject) =>
			api()
				.post('/v1/transcribe', (body: IDataObject) => {
					asked.push(body);
					return true;
				})
				.matchHeader('idempotency-key', (key) => asked.push(key) > 0)
				.reply(status, reply);
		start(502, {});
		await errorOf(parked.run());
		start(200, { id: ID, status: 'created' });
		look('processing');

		await parked.run({ executionId: '1002' });

		const [key, body, ...again] = asked;
		expect(again).toEqual([key, body]);
	});

	it('leaves nothing behind in the execution once it has its output', async () => {
		const parked = new ParkedRun();
		await parked.park();
		look('completed', COMPLETED);
		await parked.run();

		expect(parked.runExecutionData.executionData!.contextData).toEqual({
			'node:Scriptivox': { parkings: {}, begun: {}, parkedJobId: ID },
		});
	});

	it('has its file sent again, which n8n does not hand to the run', async () => {
		await useBinaryStorage('filesystem');
		const parked = new ParkedRun({}, { parameters: fromFile });
		expectUpload('speech.mp3');
		expectStart();
		look('processing');
		await parked.run({ items: [await binaryItem(Buffer.from('speech'))] });
		const asked = { items: [{ json: { toolCallId: ID } }] };
		await parked.run(asked);
		look('failed', { error });
		await errorOf(parked.run(asked));
		expectUpload('speech.mp3', 'aaaaaaaa-1111-4222-8333-444455556666');
		api().post('/v1/transcribe').reply(200, { id: SECOND, status: 'created' });
		api()
			.get(`/v1/transcribe/${SECOND}`)
			.reply(200, { ...COMPLETED, id: SECOND });

		expect(await parked.run(asked)).toMatchObject([[{ json: { id: SECOND } }]]);
	});

	it('becomes an error item where the node continues', async () => {
		const parked = new ParkedRun({}, { continueOnFail: true });
		await parked.park();
		look('failed', { error });

		expect(await parked.run()).toMatchObject([
			[{ json: { details: { code: 'INVALID_MEDIA_FORMAT' } }, pairedItem: { item: 0 } }],
		]);
	});
});

describe('before any request', () => {
	const refused = async (more: Partial<Run>, options: IDataObject = {}) =>
		await errorOf(new ParkedRun(options).run(more));

	it('more than one item is refused, with the way to fan out', async () => {
		const error = await refused({ items: [{ json: {} }, { json: {} }] });

		expect(error.message).toBe(
			'Only one item an execution can wait for a callback, and there are 2',
		);
		expect(error.description).toContain('Compare providers');
	});

	it.each([
		'http://localhost:5678',
		'http://127.0.0.1:5678',
		'http://192.168.1.4',
		'http://100.101.102.103:5678',
		'http://n8n.test',
		'http://[::1]',
		'http://[::ffff:a9fe:a9fe]',
	])('an n8n at %s is refused, with the setting to change', async (address) => {
		const error = await refused({ address });

		expect(error.message).toBe(
			`Scriptivox cannot call this n8n back: its address is ${address} [item 0]`,
		);
		expect(error.description).toContain('WEBHOOK_URL');
	});

	it('an n8n at a local address is fine for a Scriptivox that is local too', async () => {
		const local = 'http://127.0.0.1:4010';
		nock(local).post('/v1/transcribe').reply(200, { id: ID, status: 'created' });
		nock(local).get(`/v1/transcribe/${ID}`).reply(200, COMPLETED);

		const parked = new ParkedRun();

		expect(
			await parked.run({
				address: 'http://localhost:5678',
				credentials: { scriptivoxApi: { ...credentials.scriptivoxApi, baseUrl: `${local}/v1` } },
			}),
		).toMatchObject([[{ json: SIMPLIFIED }]]);
	});

	it('a tool of an agent is refused', async () => {
		const node = new Scriptivox();
		node.description = { ...node.description, name: 'scriptivoxTool' };

		expect((await refused({ node })).message).toBe('A tool cannot wait for a callback');
	});

	it('another Webhook URL is refused', async () => {
		const error = await refused({}, { webhookUrl: 'https://example.com/hook' });

		expect(error.message).toBe('Webhook URL does not go with waiting for a callback [item 0]');
	});

	it('Always Output Data is refused', async () => {
		const error = await refused({ alwaysOutputData: true });

		expect(error.message).toContain('Always Output Data');
	});

	it.each([
		['gives a node no way to run again', { response: null }],
		['does not sign the address of an execution', { runExecutionData: unsignedExecution() }],
	])('an n8n that %s is refused, with the version that can', async (_what, more) => {
		const error = await refused(more);

		expect(error.message).toBe('This n8n is too old to wait for a callback');
		expect(error.description).toContain('Update n8n to version 2.15 or newer');
	});

	it.each([
		['known by its execution’s ID', { executionId: '019ac0de-5c1a-7e7f-8a6b-0d7e9b1c2f4d' }],
		['named in the workflow’s settings', { settings: { engineType: 'v2' } }],
	])('n8n’s second engine is refused, %s', async (_how, more) => {
		// it gives a node no way to run again, as an old n8n does
		const error = await refused({ response: null, ...(more as Partial<Run>) });

		expect(error.message).toBe('Engine 2.0 of n8n cannot wait for a callback');
		expect(error.description).toContain('Take engineType out of the settings of the workflow');
		expect(error.description).not.toContain('Update n8n');
	});

	it.each([
		['numbered', { executionId: '20260101' }],
		['of the first engine by its setting', { settings: { engineType: 'v1' } }],
	])('an execution that is %s is not taken for one of the second engine', async (_how, more) => {
		expectStart();
		lookAtTheEnd();

		expect(await new ParkedRun().run(more as Partial<Run>)).toMatchObject([[{ json: SIMPLIFIED }]]);
	});

	it('a node without a node before it is refused', async () => {
		const error = await refused({ executeData: { source: null } });

		expect(error.message).toBe('Waiting for a callback needs a node before this one');
	});

	it('each item gets the reason where the node continues', async () => {
		const output = await new ParkedRun({}, { continueOnFail: true }).run({
			items: [{ json: {} }, { json: {} }],
		});

		expect(output).toMatchObject([[{ pairedItem: { item: 0 } }, { pairedItem: { item: 1 } }]]);
	});
});

describe('the webhook of a parked execution', () => {
	const GOES_ON = { status: 200, body: { received: true }, items: [] };
	const STAYS_PARKED = { status: 200, body: { received: true }, items: null };

	async function parkedRun() {
		const parked = new ParkedRun();
		await parked.park();
		return parked;
	}

	it.each(['completed', 'failed'])('goes on when the job is %s', async (name) => {
		expect(await (await parkedRun()).call(event(name))).toEqual(GOES_ON);
	});

	it.each(['processing', 'downloading', 'transmogrified'])(
		'stays parked when the job is %s',
		async (name) => {
			expect(await (await parkedRun()).call(event(name))).toEqual(STAYS_PARKED);
		},
	);

	it.each([
		['the key before a change', 'sk_live_before', { previousApiKey: 'sk_live_before' }],
		[
			'the key before, pasted with a blank',
			'sk_live_before',
			{ previousApiKey: ' sk_live_before\n' },
		],
		['a key that was pasted with a blank', KEY, { apiKey: `${KEY} ` }],
	])('goes on after a callback that is signed with %s', async (_which, key, apiKeys) => {
		const body = bytesOf(event('completed'));
		const headers = signed(body, String(NOW), key);

		expect(await (await parkedRun()).call(body, headers, apiKeys as never)).toEqual(GOES_ON);
	});

	it('believes one of several signatures, over a body behind a byte order mark', async () => {
		const body = Buffer.from(`\ufeff${JSON.stringify(event('completed'))}`);
		const headers = signed(body);
		const several = `${'0'.repeat(64)}, ${headers['X-Scriptivox-Signature']}`;

		expect(
			await (await parkedRun()).call(body, { ...headers, 'X-Scriptivox-Signature': several }),
		).toEqual(GOES_ON);
	});

	it('stays parked when another job has ended', async () => {
		const other = 'aaaaaaaa-8a0f-4a3c-9a57-0d7e9b1c2f4d';

		expect(await (await parkedRun()).call(event('completed', other))).toEqual(STAYS_PARKED);
	});

	it('takes no callback that is forged, stale or unsigned', async () => {
		const parked = await parkedRun();
		const body = event('completed');
		const bytes = bytesOf(body);
		const rejected = { status: 401, items: null };

		expect(
			await parked.call(body, signed(bytes, undefined, 'sk_live_of_somebody_else')),
		).toMatchObject(rejected);
		expect(await parked.call(body, signed(bytes, String(NOW - 301)))).toMatchObject(rejected);
		expect(await parked.call(body, {})).toMatchObject(rejected);
	});

	it('stays parked when the credential was deleted, which its own look then says', async () => {
		const parked = await parkedRun();
		const bytes = bytesOf(event('completed'));

		const answer = await callWebhook({
			node: new Scriptivox(),
			credentials: {},
			parameters: { resource: 'transcription', operation: 'transcribe', wait: 'webhook' },
			body: bytes,
			headers: signed(bytes),
			runExecutionData: parked.runExecutionData,
		});

		expect(answer).toMatchObject({ status: 401, items: null });
	});

	it('takes nothing that is no event', async () => {
		expect(await (await parkedRun()).call({ hello: 'world' })).toMatchObject({
			status: 400,
			items: null,
		});
	});
});
