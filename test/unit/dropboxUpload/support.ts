import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';

import nock from 'nock';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { DropboxUploadTrigger } from '../../../nodes/DropboxUpload/DropboxUploadTrigger.node';
import { callWebhook, pollNode, polling } from '../harness';
import type { Poll, WebhookCall } from '../harness';

export const SECRET = 'app-secret-of-the-unit-tests';
export const TOKEN = 'sl.unit-access-token';
export const REFRESH_TOKEN = 'unit-refresh-token';
export const ACCOUNT = 'dbid:AAH4f99T0taONIb-OurWxbNQ6ywGRopQngc';

/** A credential as n8n stores it once it is connected; a fresh one, as n8n renews its token in it. */
export const credentials = () => ({
	dropboxUploadOAuth2Api: {
		clientId: 'app-key',
		clientSecret: SECRET,
		oauthTokenData: {
			access_token: TOKEN,
			refresh_token: REFRESH_TOKEN,
			token_type: 'bearer',
			account_id: ACCOUNT,
		},
	},
});

/** The API, which every request has to reach with the token. */
export function api(token = TOKEN): nock.Scope {
	return nock('https://api.dropboxapi.com', { reqheaders: { authorization: `Bearer ${token}` } });
}

/** Where files are downloaded. */
export function content(): nock.Scope {
	return nock('https://content.dropboxapi.com', {
		reqheaders: { authorization: `Bearer ${TOKEN}` },
	});
}

/** A file as Dropbox lists it. */
export function fileEntry(name: string, more: IDataObject = {}): IDataObject {
	return {
		'.tag': 'file',
		name,
		id: `id:${name}`,
		path_lower: `/recordings/${name.toLowerCase()}`,
		path_display: `/Recordings/${name}`,
		client_modified: '2026-11-22T11:00:00Z',
		server_modified: '2026-11-22T12:00:01Z',
		rev: `rev-${name}`,
		size: 11,
		is_downloadable: true,
		content_hash: `hash-${name}`,
		...more,
	};
}

/** What the trigger puts out for such a file. */
export const OUTPUT = {
	provider: 'dropbox',
	id: 'id:talk.mp3',
	name: 'talk.mp3',
	path: '/Recordings/talk.mp3',
	folder: '/Recordings',
	rev: 'rev-talk.mp3',
	size: 11,
	contentHash: 'hash-talk.mp3',
	clientModified: '2026-11-22T11:00:00Z',
	serverModified: '2026-11-22T12:00:01Z',
	error: null,
};

/** Expects the trigger to begin: a cursor behind all that is there. */
export function expectBeginning(folder: IDataObject = { path: '/Recordings', recursive: true }) {
	api()
		.post('/2/files/list_folder/get_latest_cursor', folder as nock.DataMatcherMap)
		.reply(200, { cursor: 'cursor-0' }, { date: 'Sun, 22 Nov 2026 12:00:00 GMT' });
}

/** Expects a look at what changed since a cursor; the next one is the same with a star. */
export function expectChanges(cursor: string, entries: IDataObject[], hasMore = false): void {
	api()
		.post('/2/files/list_folder/continue', { cursor })
		.reply(200, { entries, cursor: `${cursor}*`, has_more: hasMore });
}

/** Expects the cursor to be forgotten, and the folder to be listed anew. */
export function expectReset(cursor: string, entries: IDataObject[]): void {
	api()
		.post('/2/files/list_folder/continue', { cursor })
		.reply(409, { error_summary: 'reset/..', error: { '.tag': 'reset' } });
	api()
		.post('/2/files/list_folder', { path: '/Recordings', recursive: true, limit: 2000 })
		.reply(200, { entries, cursor: 'cursor-new', has_more: false });
}

/** The signature of a body, made by OpenSSL as the webhooks guide says. */
export function signatureOf(body: Buffer | string, secret = SECRET): string {
	const output = execFileSync('openssl', ['dgst', '-sha256', '-hmac', secret, '-hex'], {
		input: body,
		encoding: 'utf8',
	});
	return /[0-9a-f]{64}/.exec(output)![0];
}

/** A notification about an account. */
export const notificationOf = (...accounts: string[]) =>
	Buffer.from(JSON.stringify({ list_folder: { accounts }, delta: { users: [12345678] } }));

/** A trigger that nobody used before, with a memory of its own as n8n keeps one for it. */
export function trigger(parameters: INodeParameters = {}) {
	const setup = () => ({
		node: new DropboxUploadTrigger(),
		credentials: credentials(),
		parameters: {
			folder: { __rl: true, mode: 'path', value: '/Recordings' },
			receive: 'webhook',
			download: 'none',
			...parameters,
		},
	});
	const nodeId = randomUUID();
	const staticData: IDataObject = {};
	// each poll but the first, in the same context, as long as nothing changes
	const listening = polling({ ...setup(), nodeId, staticData });
	const poll = async (changes?: Partial<Poll>) =>
		changes ? await pollNode({ ...setup(), nodeId, staticData, ...changes }) : await listening();
	const call = async (changes: Partial<WebhookCall> & Pick<WebhookCall, 'body'>) =>
		await callWebhook({ ...setup(), nodeId, staticData, ...changes });
	const notify = async (changes: Partial<WebhookCall> = {}) => {
		const body = notificationOf(ACCOUNT);
		return await call({ body, headers: { 'X-Dropbox-Signature': signatureOf(body) }, ...changes });
	};
	return { poll, call, notify, staticData };
}

/** A trigger that has begun. */
export async function begun(parameters: INodeParameters = {}) {
	const one = trigger(parameters);
	expectBeginning();
	expect(await one.poll()).toBeNull();
	return one;
}

/** The names of the files that were emitted. */
export const namesOf = (items: Array<{ json: IDataObject }> | null) =>
	items?.map(({ json }) => json.name) ?? null;
