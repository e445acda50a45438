import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';

import type { IDataObject, IHookFunctions, INodeParameters } from 'n8n-workflow';

import { TranscriptonTrigger } from '../../../nodes/Transcripton/TranscriptonTrigger.node';
import { advanceSeconds, bytesOf, callWebhook, errorOf, START } from '../harness';
import type { NodeSetup } from '../harness';
import { api, credentials, DONE, ID, SECRET, SIMPLIFIED, SIMPLIFIED_QUEUED } from './support';

const SECONDS = START.getTime() / 1000;
const EVENT = {
	event: 'job.done',
	data: { job_id: ID, status: 'done', duration_sec: 61.4 },
	timestamp: SECONDS,
};
const JOB = `/api/v1/jobs/${ID}`;
const withoutFetch = { options: { fetchTranscript: false } };

/** HMAC-SHA-256 in lowercase hex, as OpenSSL computes it. */
function signature(body: Buffer, secret = SECRET): string {
	const printed = execFileSync('openssl', ['dgst', '-sha256', '-hmac', secret], { input: body });
	return String(printed).trim().split(/\s+/).at(-1)!;
}

async function deliver(
	body: Buffer,
	headers: Record<string, string>,
	parameters: INodeParameters = withoutFetch,
	more: Partial<NodeSetup> = {},
) {
	return await callWebhook({
		node: new TranscriptonTrigger(),
		credentials,
		nodeId: randomUUID(),
		...more,
		parameters,
		body,
		headers,
	});
}

async function deliverSigned(
	event: IDataObject,
	parameters?: INodeParameters,
	more?: Partial<NodeSetup>,
) {
	const body = Buffer.from(JSON.stringify(event));
	return await deliver(body, { 'X-Webhook-Signature': signature(body) }, parameters, more);
}

describe('a webhook of Transcripton', () => {
	it('starts the workflow with the job’s transcript', async () => {
		api().get(JOB).reply(200, DONE);

		const { status, items } = await deliverSigned(EVENT, {});

		expect(status).toBe(200);
		expect(items).toEqual([{ json: { ...SIMPLIFIED, event: 'job.done' } }]);
	});

	it('starts it with the job as Transcripton gives it, without Simplify', async () => {
		api().get(JOB).reply(200, DONE);

		const { items } = await deliverSigned(EVENT, { simplify: false });

		expect(items).toEqual([{ json: { ...DONE, event: 'job.done' } }]);
	});

	it('starts it with what the event carries where nothing is fetched', async () => {
		const bare = { ...SIMPLIFIED_QUEUED, status: 'completed', durationSeconds: 61.4 };

		expect((await deliverSigned(EVENT)).items).toEqual([{ json: { ...bare, event: 'job.done' } }]);
		expect((await deliverSigned(EVENT, { ...withoutFetch, simplify: false })).items).toEqual([
			{ json: EVENT },
		]);
	});

	it('is not lost where the job cannot be read', async () => {
		api().get(JOB).reply(403, { detail: 'Forbidden' });

		const { status, items } = await deliverSigned(EVENT, {});

		expect(status).toBe(200);
		const message = expect.stringContaining(
			`use Job: Wait or Job: Get with the ID ${ID}`,
		) as string;
		const error = { code: '403', message };
		expect(items![0]!.json).toMatchObject({ id: ID, status: 'completed', text: null, error });
	});

	it('brings an export where one is asked for', async () => {
		api()
			.get(`${JOB}/export`)
			.query({ format: 'srt' })
			.reply(200, 'cues', { 'Content-Disposition': `attachment; filename*=UTF-8''%C3%A4.srt` });
		const options = { fetchTranscript: false, exportFormat: 'srt' };

		const { items } = await deliverSigned(EVENT, { options });

		const file = items![0]!.binary!.data!;
		expect(file).toMatchObject({ fileName: 'ä.srt', mimeType: 'application/x-subrip' });
		expect(String(await bytesOf(file))).toBe('cues');
	});

	it('is not lost where the export cannot be read', async () => {
		api().get(`${JOB}/export`).query(true).reply(404, { detail: 'Not Found' });
		const options = { fetchTranscript: false, exportFormat: 'pdf' };

		const { items } = await deliverSigned(EVENT, { options });

		expect(items![0]).toMatchObject({ json: { id: ID, error: { code: '404' } } });
		expect(items![0]!.binary).toBeUndefined();
	});

	describe('with files', () => {
		const expectExport = (format: string) => api().get(`${JOB}/export`).query({ format });

		it.each([true, false])('starts it with them, the transcript fetched: %s', async (fetches) => {
			if (fetches) api().get(JOB).reply(200, DONE);
			const named = { 'Content-Disposition': 'attachment; filename="talk.srt"' };
			expectExport('srt').reply(200, 'cues', named);
			expectExport('pdf').reply(200, '%PDF');
			const options = { fetchTranscript: fetches, files: ['srt', 'pdf'] };

			const { items } = await deliverSigned(EVENT, { options });

			expect(items![0]!.json).toMatchObject({ id: ID, text: fetches ? SIMPLIFIED.text : null });
			expect(items![0]!.json.error).toBeNull();
			expect(items![0]!.binary).toMatchObject({
				srt: { fileName: 'talk.srt', mimeType: 'application/x-subrip' },
				pdf: { fileName: `${ID}.pdf`, mimeType: 'application/pdf' },
			});
		});

		it('has them beside the file of Export Format', async () => {
			expectExport('md').reply(200, '# Talk');
			expectExport('srt').reply(200, 'cues');
			const options = { fetchTranscript: false, exportFormat: 'md', files: ['srt'] };

			const { items } = await deliverSigned(EVENT, { options });

			expect(Object.keys(items![0]!.binary!)).toEqual(['data', 'srt']);
		});

		it.each([
			[401, 'invalid_api_key'],
			[404, 'not_found'],
			[409, 'job_not_ready'],
		])('is not lost where one is refused with %d %s', async (status, code) => {
			api().get(JOB).reply(200, DONE);
			expectExport('pdf').reply(status, { detail: { code, message: 'No' } });
			expectExport('srt').reply(200, 'cues');

			const { items } = await deliverSigned(EVENT, { options: { files: ['pdf', 'srt'] } });

			expect(items![0]!.json).toMatchObject({ text: SIMPLIFIED.text, error: { code } });
			expect(Object.keys(items![0]!.binary!)).toEqual(['srt']);
		});

		it('asks for none where the event is another', async () => {
			const options = { files: ['srt'] };
			const parameters = { events: ['other'], options };

			const { items } = await deliverSigned({ ...EVENT, event: 'job.failed' }, parameters);

			expect(items![0]!.binary).toBeUndefined();
		});
	});

	it('may say anything besides', async () => {
		const { items } = await deliverSigned({ ...EVENT, extra: { a: [1] } });

		expect(items).toHaveLength(1);
	});
});

describe('a webhook that is not genuine', () => {
	const body = Buffer.from(JSON.stringify(EVENT));
	const rejected = (reason: string) => ({
		status: 401,
		body: { message: `The webhook was rejected. ${reason}.` },
		items: null,
	});

	it('is rejected without a signature', async () => {
		expect(await deliver(body, {})).toEqual(rejected('It carries no signature'));
	});

	it.each([
		['another secret', signature(body, 'of somebody else')],
		['the API key', signature(body, credentials.transcriptonApi.apiKey)],
		['half a signature', signature(body).slice(0, 32)],
		['a prefix', `sha256=${signature(body)}`],
		['no hex', 'z'.repeat(64)],
	])('is rejected with %s', async (_what, sent) => {
		expect(await deliver(body, { 'X-Webhook-Signature': sent })).toEqual(
			rejected('Its signature does not fit'),
		);
	});

	it('is rejected where its body was changed, cut or written anew', async () => {
		const signed = { 'X-Webhook-Signature': signature(body) };
		const changed = Buffer.from(String(body).replace('61.4', '61.5'));
		const anew = Buffer.from(JSON.stringify(EVENT, null, 1));
		for (const other of [changed, anew]) {
			expect(await deliver(other, signed)).toEqual(rejected('Its signature does not fit'));
		}
		expect(await deliver(body.subarray(0, 20), signed)).toMatchObject({ status: 401, items: null });
	});

	it('is rejected where the credential has no secret, even signed with none', async () => {
		const empty = { credentials: { transcriptonApi: { apiKey: 'ts_x', webhookSecret: '' } } };

		expect(await deliver(body, { 'X-Webhook-Signature': signature(body) }, {}, empty)).toEqual(
			rejected('The credential has no key to check it with'),
		);
	});

	it.each([
		['no timestamp', { timestamp: undefined }, 'It carries no timestamp'],
		['a timestamp of null', { timestamp: null }, 'It carries no timestamp'],
		['a timestamp that is none', { timestamp: 'soon' }, 'It carries no timestamp'],
		[
			'a timestamp over 6 hours old',
			{ timestamp: SECONDS - 6 * 3600 - 1 },
			'It is too old, or from the future',
		],
		[
			'a timestamp far ahead',
			{ timestamp: SECONDS + 6 * 3600 + 1 },
			'It is too old, or from the future',
		],
	])('is rejected with %s, though it is signed', async (_what, changes, reason) => {
		expect(await deliverSigned({ ...EVENT, ...changes })).toEqual(rejected(reason));
	});

	it('is believed as late as the last of the tries comes', async () => {
		advanceSeconds(30 + 300 + 1800 + 3600 + 14_400 + 5 * 30);

		expect((await deliverSigned(EVENT)).items).toHaveLength(1);
	});

	it('is rejected sooner where the user says so', async () => {
		const options = { fetchTranscript: false, toleranceSeconds: 60 };
		const old = { ...EVENT, timestamp: SECONDS - 61 };

		expect(await deliverSigned(old, { options })).toMatchObject({ status: 401, items: null });
		expect(await deliverSigned({ ...EVENT, timestamp: SECONDS - 59 }, { options })).toMatchObject({
			status: 200,
		});
	});
});

describe('a genuine webhook of Transcripton that is no event', () => {
	it.each([
		['names no event', { data: { job_id: ID } }],
		['names no job', { event: 'job.done', data: {} }],
		['has no data', { event: 'job.done' }],
		['names both by numbers', { event: 1, data: { job_id: 2 } }],
	])('is refused: it %s', async (_what, event) => {
		expect(await deliverSigned({ ...event, timestamp: SECONDS })).toMatchObject({
			status: 400,
			items: null,
		});
	});
});

describe('an event that the API reference does not name', () => {
	const failed = { event: 'job.failed', data: { job_id: ID }, timestamp: SECONDS };

	it('is answered and starts nothing', async () => {
		expect(await deliverSigned(failed)).toEqual({
			status: 200,
			body: { received: true },
			items: null,
		});
	});

	it('starts the workflow as it came, where other events are chosen', async () => {
		const { items } = await deliverSigned(failed, { events: ['other'] });

		expect(items).toEqual([{ json: failed }]);
	});

	it('does not bring the ends of jobs along', async () => {
		expect((await deliverSigned(EVENT, { events: ['other'] })).items).toBeNull();
	});
});

describe('the same webhook of Transcripton again', () => {
	it('starts nothing, however often it is tried', async () => {
		const memory = { staticData: {}, nodeId: randomUUID() };

		expect((await deliverSigned(EVENT, withoutFetch, memory)).items).toHaveLength(1);
		advanceSeconds(300);
		for (const timestamp of [SECONDS, SECONDS + 300]) {
			expect(await deliverSigned({ ...EVENT, timestamp }, withoutFetch, memory)).toEqual({
				status: 200,
				body: { received: true },
				items: null,
			});
		}
	});

	it('is known again after a restart of n8n', async () => {
		const staticData: IDataObject = {};
		await deliverSigned(EVENT, withoutFetch, { staticData, nodeId: randomUUID() });

		const restarted = { staticData: structuredClone(staticData), nodeId: randomUUID() };

		expect((await deliverSigned(EVENT, withoutFetch, restarted)).items).toBeNull();
	});

	it('is not that of another job', async () => {
		const memory = { staticData: {}, nodeId: randomUUID() };
		await deliverSigned(EVENT, withoutFetch, memory);

		const other = { ...EVENT, data: { ...EVENT.data, job_id: randomUUID() } };

		expect((await deliverSigned(other, withoutFetch, memory)).items).toHaveLength(1);
	});
});

describe('turning the Transcripton trigger on', () => {
	const { default: methods } = new TranscriptonTrigger().webhookMethods;
	const contextWith = (webhookSecret: string) =>
		({
			getCredentials: async () => ({ webhookSecret }),
			getNode: () => ({ name: 'Transcripton Trigger', parameters: {} }),
		}) as unknown as IHookFunctions;

	it('asks nothing of Transcripton, which has no call for it', async () => {
		expect(await methods.checkExists.call(contextWith(SECRET))).toBe(true);
		expect(await methods.create()).toBe(true);
		expect(await methods.delete()).toBe(true);
	});

	it('is refused without a secret, because nothing could be checked', async () => {
		const error = await errorOf(methods.checkExists.call(contextWith('')));

		expect(error.message).toBe('The Transcripton credential has no webhook secret');
		expect(error.description).toContain('Settings, Webhooks');
	});
});
