import { createHash, createHmac, randomUUID } from 'node:crypto';

import { LoggerProxy } from 'n8n-workflow';
import type { IDataObject, INodeType, Logger } from 'n8n-workflow';

import { DropboxUploadTrigger } from '../../../../nodes/DropboxUpload/DropboxUploadTrigger.node';
import { ScriptivoxTrigger } from '../../../../nodes/Scriptivox/ScriptivoxTrigger.node';
import { TranscriptonTrigger } from '../../../../nodes/Transcripton/TranscriptonTrigger.node';
import { callWebhook, START } from '../../harness';

const NOW = START.getTime() / 1000;
const KEY = 'the key that signs';
const ID = '3f1e5a52-8a0f-4a3c-9a57-0d7e9b1c2f4d';
const JSON_TYPE = 'application/json';

const hmac = (key: string, ...parts: Array<string | Buffer>) =>
	parts.reduce((made, part) => made.update(part), createHmac('sha256', key)).digest('hex');

/** A trigger that believes only signed webhooks. */
interface Signed {
	node: INodeType;
	credentials: Record<string, IDataObject>;
	/** A genuine event as the provider writes it. */
	event: IDataObject;
	sign(body: Buffer): Record<string, string>;
	/** What the log says of a changed key. */
	advice: string;
}

const TRIGGERS: Record<string, Signed> = {
	Scriptivox: {
		node: new ScriptivoxTrigger(),
		credentials: { scriptivoxApi: { apiKey: KEY } },
		event: { event: 'transcription.failed', transcription_id: ID },
		sign: (body) => ({
			'X-Scriptivox-Timestamp': String(NOW),
			'X-Scriptivox-Signature': hmac(
				createHash('sha256').update(KEY).digest('hex'),
				`${NOW}.`,
				body,
			),
		}),
		advice: 'another API Key',
	},
	Transcripton: {
		node: new TranscriptonTrigger(),
		credentials: { transcriptonApi: { apiKey: 'ts_1', webhookSecret: KEY } },
		event: { event: 'job.done', data: { job_id: ID }, timestamp: NOW },
		sign: (body) => ({ 'X-Webhook-Signature': hmac(KEY, body) }),
		advice: 'the Webhook Secret may have been changed',
	},
	Dropbox: {
		node: new DropboxUploadTrigger(),
		credentials: {
			dropboxUploadOAuth2Api: {
				clientSecret: KEY,
				oauthTokenData: { access_token: 'sl.1', account_id: 'dbid:own' },
			},
		},
		// about somebody else: it is believed and answered, and nothing more
		event: { list_folder: { accounts: ['dbid:other'] } },
		sign: (body) => ({ 'X-Dropbox-Signature': hmac(KEY, body) }),
		advice: 'the app secret may have been changed',
	},
};

describe.each(Object.entries(TRIGGERS))('a signed body for the %s trigger', (name, signed) => {
	const json = JSON.stringify(signed.event);

	async function deliver(
		body: Buffer | Error,
		contentType: string | undefined = JSON_TYPE,
		headers = signed.sign(body as Buffer),
	) {
		return await callWebhook({
			node: signed.node,
			credentials: signed.credentials as never,
			nodeId: randomUUID(),
			parameters: name === 'Dropbox' ? {} : { options: { fetchTranscript: false } },
			body,
			headers: { ...headers, ...(contentType && { 'Content-Type': contentType }) },
		});
	}

	it.each([
		['without anything around it', json, JSON_TYPE],
		['behind a byte order mark', `\ufeff${json}`, JSON_TYPE],
		[
			'behind a byte order mark, and with the charset',
			`\ufeff${json}`,
			'application/json;charset=UTF-8',
		],
		['behind white space', ` \t\r\n${json}`, JSON_TYPE],
		['in front of white space', `${json}\r\n\r\n`, JSON_TYPE],
		['behind a byte order mark and white space', `\ufeff \n${json}`, JSON_TYPE],
		['written over several lines', JSON.stringify(signed.event, null, '\t'), JSON_TYPE],
		['as plain text', `\ufeff${json}`, 'text/plain'],
		['without a content type', `\ufeff${json}`, ''],
		['of a charset that nobody knows', json, 'application/octet-stream; charset=nonsense'],
	])('is believed by its bytes and read as n8n reads it: %s', async (_form, text, contentType) => {
		expect((await deliver(Buffer.from(text), contentType)).status).toBe(200);
	});

	it.each([
		['that cannot be read to its end', new Error('request aborted'), 'application/octet-stream'],
		['that is a form with files', Buffer.from(json), 'multipart/form-data; boundary=x'],
		['of parts', Buffer.from(json), 'multipart/mixed; boundary=x'],
	])('is not believed where it is one %s', async (_what, body, contentType) => {
		const headers = signed.sign(Buffer.from(json));

		expect((await deliver(body, contentType, headers)).status).toBe(401);
	});

	it.each([
		['utf-16le', `\ufeff${json}`],
		['ucs-2', json],
		['latin1', json],
	] as Array<[BufferEncoding, string]>)('is read in the charset %s', async (charset, text) => {
		const contentType = `application/json; charset=${charset}`;

		expect((await deliver(Buffer.from(text, charset), contentType)).status).toBe(200);
	});

	it.each([
		['without its byte order mark', `\ufeff${json}`, json],
		['with a byte order mark that was not signed', json, `\ufeff${json}`],
		['written anew', json, JSON.stringify(signed.event, null, 1)],
		['with its white space left out', `${json}\n`, json],
	])('is not believed %s', async (_change, sent, received) => {
		const headers = signed.sign(Buffer.from(sent));

		expect((await deliver(Buffer.from(received), JSON_TYPE, headers)).status).toBe(401);
	});

	it.each([
		['is empty', ''],
		['is a byte order mark alone', '\ufeff'],
		['has two byte order marks', `\ufeff\ufeff${json}`],
		['has a byte order mark behind a blank', ` \ufeff${json}`],
		['is a list', `[${json}]`],
		['is a text', JSON.stringify(json)],
		['is a number', '42'],
		['is null', 'null'],
		['is two values', `${json}${json}`],
		['is no JSON', `${json},`],
		['is JavaScript', json.replaceAll('"', "'")],
	])('starts nothing where it %s', async (what, text) => {
		const { status, items } = await deliver(Buffer.from(text));

		// Transcripton's time stands in the body: JSON without it is not believed
		const isUndated = /list|text|number|null/.test(what) && name === 'Transcripton';
		expect(status).toBe(isUndated ? 401 : 400);
		expect(items).toBeNull();
	});

	it('counts the last of several fields of one name, as n8n does', async () => {
		const [field] = Object.keys(signed.event);
		const twice = json.replace('{', `{"${field}":"first",`);

		expect((await deliver(Buffer.from(twice))).status).toBe(200);
	});

	it('does no harm by fields with names of JavaScript', async () => {
		const odd = json.replace(
			'{',
			'{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"toString":1,',
		);

		expect((await deliver(Buffer.from(odd))).status).toBe(200);
		expect(({} as IDataObject).polluted).toBeUndefined();
	});

	it('takes nothing of an event from a prototype', async () => {
		const hidden = `{"__proto__":${json},"timestamp":${NOW}}`;

		expect((await deliver(Buffer.from(hidden))).status).toBe(400);
	});

	it('is turned away with a changed key as the likely cause in the log, and there alone', async () => {
		const warnings: string[] = [];
		LoggerProxy.init({ warn: (text: string) => warnings.push(text) } as unknown as Logger);
		const headers = signed.sign(Buffer.from('another body'));

		const { status, body } = await deliver(Buffer.from(json), JSON_TYPE, headers);

		expect(status).toBe(401);
		expect(body).toEqual({ message: 'The webhook was rejected. Its signature does not fit.' });
		expect(warnings).toEqual([expect.stringContaining(signed.advice)]);
		expect(warnings.join()).not.toContain(KEY);
	});

	it('is believed by one of several signatures', async () => {
		const body = Buffer.from(json);
		const headers = Object.entries(signed.sign(body)).map(([header, value]) => [
			header,
			header.endsWith('Signature') ? `${'0'.repeat(64)}, ${value}` : value,
		]);

		const answer = await deliver(body, JSON_TYPE, Object.fromEntries(headers));

		expect(answer.status).toBe(200);
	});
});
