import { randomUUID } from 'node:crypto';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { ScriptivoxTrigger } from '../../../nodes/Scriptivox/ScriptivoxTrigger.node';
import { callWebhook } from '../harness';
import type { WebhookCall } from '../harness';
import { bytesOf, NOW, openssl, signed } from './signing';
import { api, COMPLETED, credentials, ID, KEY, SIMPLIFIED } from './support';

const EVENT = 'transcription.completed';
const completed = (more: IDataObject = {}) => ({ event: EVENT, transcription_id: ID, ...more });
const WITH_RESULT = completed({ result: { full_transcript: 'Grüße' }, duration_seconds: 12.5 });

/** Delivers a body to a trigger that nobody used before. */
async function deliver(
	body: Buffer,
	headers: Record<string, string>,
	parameters: INodeParameters = {},
	more: Partial<WebhookCall> = {},
) {
	return await callWebhook({
		node: new ScriptivoxTrigger(),
		credentials,
		nodeId: randomUUID(),
		parameters,
		body,
		headers,
		...more,
	});
}

async function deliverSigned(
	body: unknown,
	parameters: INodeParameters = {},
	more: Partial<WebhookCall> = {},
) {
	const bytes = bytesOf(body);
	return await deliver(bytes, signed(bytes), parameters, more);
}

describe('a completed transcription of which files are wanted', () => {
	const path = `/v1/transcribe/${ID}`;
	const expectExport = (format: string) => api().get(path).query({ format });

	it.each([true, false])('comes with them, the transcript fetched: %s', async (fetchTranscript) => {
		if (fetchTranscript) api().get(path).reply(200, COMPLETED);
		expectExport('srt').reply(500);
		expectExport('srt').reply(200, 'cues');
		expectExport('text').reply(200, 'words');
		const options = { fetchTranscript, files: ['srt', 'txt'] };

		const { items } = await deliverSigned(completed(), { options });

		expect(items![0]!.json).toMatchObject({ id: ID, error: null, event: EVENT });
		expect(items![0]!.json.text).toBe(fetchTranscript ? SIMPLIFIED.text : null);
		expect(items![0]!.binary).toMatchObject({
			srt: { fileName: `${ID}.srt`, mimeType: 'application/x-subrip' },
			txt: { fileName: `${ID}.txt`, mimeType: 'text/plain' },
		});
	});

	it.each([
		[400, 'INVALID_REQUEST'],
		[401, 'INVALID_API_KEY'],
		[404, 'TRANSCRIPTION_NOT_FOUND'],
	])('is not lost where one is refused with %d %s', async (status, code) => {
		expectExport('srt').reply(status, { error: { code, message: 'No' } });
		expectExport('vtt').reply(200, 'WEBVTT');

		const { items } = await deliverSigned(WITH_RESULT, { options: { files: ['srt', 'vtt'] } });

		expect(items![0]!.json).toMatchObject({ text: 'Grüße', error: { code } });
		expect(Object.keys(items![0]!.binary!)).toEqual(['vtt']);
	});

	it('tells of a format that there is not, beside those that there are', async () => {
		expectExport('vtt').reply(200, 'WEBVTT');

		const { items } = await deliverSigned(WITH_RESULT, { options: { files: ['pdf', 'vtt'] } });

		const { message } = items![0]!.json.error as { message: string };
		expect(message).toContain('Files are missing (pdf)');
		expect(message).toContain('no export format "pdf"');
		expect(Object.keys(items![0]!.binary!)).toEqual(['vtt']);
	});

	it.each(['failed', 'processing'])('has none where it is %s', async (status) => {
		const event = { event: `transcription.${status}`, transcription_id: ID };
		const parameters = { events: [event.event], options: { files: ['srt'] } };

		const { items } = await deliverSigned(event, parameters);

		expect(items![0]!.binary).toBeUndefined();
	});
});

const NOT_GENUINE = { status: 401, items: null };

describe('a genuine delivery', () => {
	it('is believed by a signature that is known to be right', async () => {
		const body = Buffer.from(
			`{"event":"transcription.completed","transcription_id":"${ID}","result":{"full_transcript":"Grüße"}}`,
		);

		const answer = await deliver(body, {
			'X-Scriptivox-Timestamp': '1795348800',
			'X-Scriptivox-Signature': '7d36b6ed5839711460485751187f3ba1e2f124a31b2ac25c32a59624d77856a4',
		});

		expect(answer).toMatchObject({ status: 200, items: [{ json: { text: 'Grüße' } }] });
	});

	it('is answered at once and starts the workflow with the transcript', async () => {
		expect(await deliverSigned(WITH_RESULT)).toEqual({
			status: 200,
			body: { received: true },
			items: [
				{
					json: {
						...SIMPLIFIED,
						text: 'Grüße',
						language: null,
						durationSeconds: 12.5,
						speakers: [],
						segments: [],
						event: EVENT,
					},
				},
			],
		});
	});

	it('has its raw event without Simplify', async () => {
		const { items } = await deliverSigned(WITH_RESULT, { simplify: false });

		expect(items).toEqual([{ json: WITH_RESULT }]);
	});

	it('has its transcript fetched when it carries none', async () => {
		api().get(`/v1/transcribe/${ID}`).reply(200, COMPLETED);

		const { items } = await deliverSigned(completed({ cost_cents: 1 }));

		expect(items).toEqual([{ json: { ...SIMPLIFIED, event: EVENT } }]);
	});

	it('has its raw event and the fetched transcript without Simplify', async () => {
		api().get(`/v1/transcribe/${ID}`).reply(200, COMPLETED);

		const { items } = await deliverSigned(completed(), { simplify: false });

		expect(items![0]!.json).toMatchObject({ event: EVENT, result: COMPLETED.result });
	});

	it('has nothing fetched when that is turned off', async () => {
		const { items } = await deliverSigned(completed(), { options: { fetchTranscript: false } });

		expect(items![0]!.json).toMatchObject({ id: ID, status: 'completed', text: null });
	});

	const message = expect.stringContaining(
		`use Transcription: Wait or Transcription: Get with the ID ${ID}`,
	) as string;

	it('is not lost when its transcript cannot be fetched, and says how to get it', async () => {
		api()
			.get(`/v1/transcribe/${ID}`)
			.reply(404, { error: { code: 'NOT_FOUND', message: 'x' } });

		const answer = await deliverSigned(completed());

		expect(answer).toMatchObject({
			status: 200,
			items: [
				{
					json: { id: ID, status: 'completed', text: null, error: { code: 'NOT_FOUND', message } },
				},
			],
		});
	});

	it('says so without Simplify, too, where no connection comes about', async () => {
		api()
			.get(`/v1/transcribe/${ID}`)
			.times(6)
			.replyWithError(Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }));

		const { items } = await deliverSigned(completed(), { simplify: false });

		expect(items![0]!.json).toMatchObject({ event: EVENT, error: { code: 'ECONNRESET', message } });
	});

	it('tells why a job failed', async () => {
		const error = { code: 'URL_NOT_ACCESSIBLE', message: 'The URL cannot be read' };

		const { items } = await deliverSigned({
			event: 'transcription.failed',
			transcription_id: ID,
			error,
		});

		expect(items![0]!.json).toMatchObject({
			id: ID,
			status: 'failed',
			error,
			event: 'transcription.failed',
		});
	});

	it('is believed whatever the case of its headers and its signature', async () => {
		const body = bytesOf(WITH_RESULT);
		const headers = signed(body);

		const { status } = await deliver(body, {
			'x-scriptivox-timestamp': headers['X-Scriptivox-Timestamp']!,
			'X-SCRIPTIVOX-SIGNATURE': headers['X-Scriptivox-Signature']!.toUpperCase(),
		});

		expect(status).toBe(200);
	});

	it('is checked over its bytes, not over what a parser makes of them', async () => {
		const body = Buffer.from(
			`{ "transcription_id":"${ID}",\n\t"event" : "transcription.completed", "a": 1.0, "result": {"full_transcript":"\\u0047ut"} }`,
		);

		expect(await deliver(body, signed(body))).toMatchObject({
			status: 200,
			items: [{ json: { text: 'Gut' } }],
		});
	});
});

describe('a delivery that is not genuine', () => {
	const body = bytesOf(WITH_RESULT);

	it.each<[string, Record<string, string>]>([
		['is unsigned', {}],
		['has a timestamp alone', { 'X-Scriptivox-Timestamp': String(NOW) }],
		[
			'has a signature alone',
			{ 'X-Scriptivox-Signature': signed(body)['X-Scriptivox-Signature']! },
		],
		['is forged', { ...signed(body), 'X-Scriptivox-Signature': 'ab'.repeat(32) }],
		['has a short signature', { ...signed(body), 'X-Scriptivox-Signature': 'ab' }],
		['is signed with another key', signed(body, String(NOW), 'sk_live_another')],
		[
			'is signed with the API key itself',
			{
				...signed(body),
				'X-Scriptivox-Signature': openssl(
					Buffer.concat([Buffer.from(`${NOW}.`), body]),
					'-hmac',
					KEY,
				),
			},
		],
		[
			'is signed without its timestamp',
			{
				...signed(body),
				'X-Scriptivox-Signature': openssl(body, '-hmac', openssl(KEY)),
			},
		],
		[
			'is signed with the digest’s bytes instead of its hex',
			{
				...signed(body),
				'X-Scriptivox-Signature': openssl(
					Buffer.concat([Buffer.from(`${NOW}.`), body]),
					'-mac',
					'HMAC',
					'-macopt',
					`hexkey:${openssl(KEY)}`,
				),
			},
		],
		['is five minutes and a second old', signed(body, String(NOW - 301))],
		['is from the future', signed(body, String(NOW + 301))],
		[
			'has a new timestamp over an old signature',
			{
				...signed(body, String(NOW - 3600)),
				'X-Scriptivox-Timestamp': String(NOW),
			},
		],
		['has a timestamp that is none', signed(body, 'soon')],
	])('is rejected: it %s', async (_why, headers) => {
		expect(await deliver(body, headers)).toMatchObject(NOT_GENUINE);
	});

	it('is rejected: it was cut short on the way', async () => {
		expect(await deliver(body.subarray(0, -1), signed(body))).toMatchObject(NOT_GENUINE);
	});

	it('is rejected: it was changed on the way', async () => {
		const changed = Buffer.from(body.toString().replace('Grüße', 'Grüsse'));

		expect(await deliver(changed, signed(body))).toMatchObject(NOT_GENUINE);
	});

	it('is rejected while the credential holds no key', async () => {
		const noKey = { credentials: { scriptivoxApi: { apiKey: '' } } };

		expect(await deliver(body, signed(body, String(NOW), ''), {}, noKey)).toMatchObject(
			NOT_GENUINE,
		);
	});

	it('is told why, and nothing that helps to forge one', async () => {
		const { body: answer } = await deliver(body, {
			...signed(body),
			'X-Scriptivox-Signature': 'a',
		});

		expect(JSON.stringify(answer)).toContain('Its signature does not fit');
		expect(JSON.stringify(answer)).not.toContain(KEY);
		expect(JSON.stringify(answer)).not.toContain(signed(body)['X-Scriptivox-Signature']);
	});

	it('does not count as the first of its kind', async () => {
		const memory = { staticData: {}, nodeId: randomUUID() };
		await deliver(body, {}, {}, memory);

		expect(await deliver(body, signed(body), {}, memory)).toMatchObject({
			status: 200,
			items: [{}],
		});
	});
});

describe('the time window', () => {
	const body = bytesOf(WITH_RESULT);

	it('can be narrowed', async () => {
		const options = { options: { toleranceSeconds: 10 } };

		expect((await deliver(body, signed(body, String(NOW - 10)), options)).status).toBe(200);
		expect((await deliver(body, signed(body, String(NOW - 11)), options)).status).toBe(401);
	});

	it.each([0, -5])('is five minutes where the user sets %d', async (toleranceSeconds) => {
		const options = { options: { toleranceSeconds } };

		expect((await deliver(body, signed(body, String(NOW - 300)), options)).status).toBe(200);
		expect((await deliver(body, signed(body, String(NOW - 301)), options)).status).toBe(401);
	});
});

describe('a genuine delivery that holds no event', () => {
	it.each([
		['is empty', ''],
		['is no JSON', 'event=transcription.completed'],
		['is cut off JSON', '{"event":"transcription.completed","transc'],
		['is a list', '[]'],
		['is null', 'null'],
		['is a text', '"transcription.completed"'],
		['names no event', `{"transcription_id":"${ID}"}`],
		['names no transcription', '{"event":"transcription.completed"}'],
		['names both by numbers', '{"event":1,"transcription_id":2}'],
	])('is refused: it %s', async (_what, text) => {
		const body = Buffer.from(text);

		expect(await deliver(body, signed(body))).toMatchObject({ status: 400, items: null });
	});
});

describe('an event that nobody asked for', () => {
	it.each(['transcription.processing', 'transcription.downloading', 'transcription.reinvented'])(
		'is answered and starts nothing: %s',
		async (event) => {
			expect(await deliverSigned({ event, transcription_id: ID })).toEqual({
				status: 200,
				body: { received: true },
				items: null,
			});
		},
	);

	it('starts the workflow once it is chosen', async () => {
		const event = 'transcription.processing';

		const { items } = await deliverSigned({ event, transcription_id: ID }, { events: [event] });

		expect(items![0]!.json).toMatchObject({ event, status: 'processing' });
	});

	it('is one that was chosen no longer', async () => {
		const { items } = await deliverSigned(WITH_RESULT, { events: ['transcription.failed'] });

		expect(items).toBeNull();
	});
});

describe('the same event again', () => {
	it('is answered and starts nothing', async () => {
		const memory = { staticData: {}, nodeId: randomUUID() };

		expect((await deliverSigned(WITH_RESULT, {}, memory)).items).toHaveLength(1);
		expect(await deliverSigned(WITH_RESULT, {}, memory)).toEqual({
			status: 200,
			body: { received: true },
			items: null,
		});
	});

	it('is known again when two arrive at the same moment', async () => {
		const nodeId = randomUUID();

		const answers = await Promise.all([
			deliverSigned(WITH_RESULT, {}, { nodeId }),
			deliverSigned(WITH_RESULT, {}, { nodeId }),
		]);

		expect(answers.filter(({ items }) => items)).toHaveLength(1);
	});

	it('is known again after a restart of n8n', async () => {
		const staticData: IDataObject = {};
		await deliverSigned(WITH_RESULT, {}, { staticData, nodeId: randomUUID() });

		const restarted = { staticData: structuredClone(staticData), nodeId: randomUUID() };

		expect((await deliverSigned(WITH_RESULT, {}, restarted)).items).toBeNull();
	});

	it('is known again while the first one still reads its transcript', async () => {
		const memory = { staticData: {}, nodeId: randomUUID() };
		api().get(`/v1/transcribe/${ID}`).delay(50).reply(200, COMPLETED);

		const answers = await Promise.all([
			deliverSigned(completed(), {}, memory),
			deliverSigned(completed(), {}, memory),
		]);

		expect(answers.filter(({ items }) => items)).toHaveLength(1);
	});

	it('is not the failure of the same job', async () => {
		const memory = { staticData: {}, nodeId: randomUUID() };
		await deliverSigned(WITH_RESULT, {}, memory);

		const failed = { event: 'transcription.failed', transcription_id: ID };

		expect((await deliverSigned(failed, {}, memory)).items).toHaveLength(1);
	});
});

describe('turning the trigger on and off', () => {
	it('asks nothing of Scriptivox, which has no call for it', async () => {
		const { default: methods } = new ScriptivoxTrigger().webhookMethods;

		expect(await methods.checkExists()).toBe(true);
		expect(await methods.create()).toBe(true);
		expect(await methods.delete()).toBe(true);
	});
});
