import { createHash, createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startSimulator, type Simulator } from '../../dev/simulator/server';

let simulator: Simulator;
let token: string;

beforeEach(async () => {
	simulator = await startSimulator();
	token = String(simulator.dropbox.tokens().access_token);
});

afterEach(async () => {
	await simulator.stop();
});

/** A call of the API; JSON where the reply is. */
async function rpc(path: string, body: unknown, bearer = token) {
	const response = await fetch(`${simulator.dropbox.baseUrl}/api/2${path}`, {
		method: 'POST',
		headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});
	const text = await response.text();
	const isJson = response.headers.get('content-type')?.includes('json');
	const parsed = isJson ? (JSON.parse(text) as Record<string, unknown>) : text;
	return { status: response.status, body: parsed as Record<string, never> };
}

async function upload(argument: object, bytes: string) {
	const response = await fetch(`${simulator.dropbox.baseUrl}/content/2/files/upload`, {
		method: 'POST',
		headers: {
			authorization: `Bearer ${token}`,
			'content-type': 'application/octet-stream',
			'dropbox-api-arg': JSON.stringify(argument),
		},
		body: bytes,
	});
	return { status: response.status, body: (await response.json()) as Record<string, string> };
}

async function tokenFor(form: Record<string, string>) {
	const { appKey, appSecret } = simulator.dropbox.settings;
	const response = await fetch(`${simulator.dropbox.baseUrl}/api/oauth2/token`, {
		method: 'POST',
		headers: { authorization: `Basic ${btoa(`${appKey}:${appSecret}`)}` },
		body: new URLSearchParams(form),
	});
	return { status: response.status, body: (await response.json()) as Record<string, string> };
}

describe('the simulated Dropbox', () => {
	it('gives what changed since a cursor, and the files with the documented content hash', async () => {
		const { dropbox } = simulator;
		dropbox.addFile('/In/before.mp3');
		const { body: latest } = await rpc('/files/list_folder/get_latest_cursor', {
			path: '/In',
			recursive: true,
		});
		dropbox.addFile('/In/Deep/Talk.mp3', 'hello');
		dropbox.addFile('/Other/talk.mp3');
		dropbox.deleteFile('/In/before.mp3');

		const { body } = await rpc('/files/list_folder/continue', { cursor: latest.cursor });

		const block = createHash('sha256').update('hello').digest();
		expect(body).toMatchObject({
			has_more: false,
			entries: [
				{ '.tag': 'folder', path_display: '/In/Deep' },
				{
					'.tag': 'file',
					path_display: '/In/Deep/Talk.mp3',
					path_lower: '/in/deep/talk.mp3',
					content_hash: createHash('sha256').update(block).digest('hex'),
				},
				{ '.tag': 'deleted', path_lower: '/in/before.mp3' },
			],
		});
	});

	it('pages, and forgets cursors on demand', async () => {
		const { dropbox } = simulator;
		for (const name of ['a', 'b', 'c']) dropbox.addFile(`/In/${name}.mp3`);
		const first = (await rpc('/files/list_folder', { path: '/In', limit: 2 })).body;
		expect(first).toMatchObject({
			has_more: true,
			entries: [{ name: 'a.mp3' }, { name: 'b.mp3' }],
		});
		const second = (await rpc('/files/list_folder/continue', { cursor: first.cursor })).body;
		expect(second).toMatchObject({ has_more: false, entries: [{ name: 'c.mp3' }] });

		dropbox.expireCursors();

		expect(await rpc('/files/list_folder/continue', { cursor: second.cursor })).toMatchObject({
			status: 409,
			body: { error: { '.tag': 'reset' } },
		});
	});

	it.each([
		['the root as a slash', { path: '/' }],
		['a field that is unknown', { path: '', recursiv: true }],
		['a field of the wrong kind', { path: '', recursive: 'yes' }],
		['a limit beyond 2000', { path: '', limit: 2001 }],
		['no path', {}],
	])('refuses in plain text: %s', async (_what, body) => {
		const reply = await rpc('/files/list_folder', body);

		expect(reply.status).toBe(400);
		expect(String(reply.body)).toContain('files/list_folder');
	});

	it('names what a path does not lead to', async () => {
		simulator.dropbox.addFile('/In/a.mp3');
		const tagged = async (path: string, call = '/files/list_folder') =>
			(await rpc(call, { path })).body.error;

		expect(await tagged('/Nowhere')).toEqual({ '.tag': 'path', path: { '.tag': 'not_found' } });
		expect(await tagged('/In/a.mp3')).toEqual({ '.tag': 'path', path: { '.tag': 'not_folder' } });
		expect(await tagged('/In', '/files/get_temporary_link')).toEqual({
			'.tag': 'path',
			path: { '.tag': 'not_file' },
		});
	});

	it('never writes over a file unless it is told to', async () => {
		const add = { path: '/In/a.srt', mode: 'add' };
		expect((await upload(add, 'one')).body.path_display).toBe('/In/a.srt');
		expect((await upload(add, 'one')).body.path_display).toBe('/In/a.srt');
		expect((await upload(add, 'two')).status).toBe(409);
		expect((await upload({ ...add, autorename: true }, 'two')).body.path_display).toBe(
			'/In/a (1).srt',
		);
		await upload({ path: '/In/a.srt', mode: 'overwrite' }, 'three');

		expect(simulator.dropbox.contentOf('/In/a.srt').toString()).toBe('three');
	});

	it('takes the argument of an upload in the address as well, in any letters', async () => {
		const argument = JSON.stringify({ path: '/Größe/ä.srt', mode: 'add', autorename: true });
		const address = `${simulator.dropbox.baseUrl}/content/2/files/upload`;
		const response = await fetch(`${address}?arg=${encodeURIComponent(argument)}`, {
			method: 'POST',
			headers: { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' },
			body: 'cues',
		});

		expect(response.status).toBe(200);
		expect(String(simulator.dropbox.contentOf('/Größe/ä.srt'))).toBe('cues');
	});

	it('hands out a temporary link that needs no token', async () => {
		const { rev } = simulator.dropbox.addFile('/In/a.mp3', 'sound');
		const { body } = await rpc('/files/get_temporary_link', { path: `rev:${rev}` });

		expect(await (await fetch(String(body.link))).text()).toBe('sound');
	});

	it('asks for a token that is good and has the scope', async () => {
		const call = async (bearer: string) =>
			(await rpc('/files/list_folder', { path: '' }, bearer)).body;
		expect(await call('sl.other')).toMatchObject({ error: { '.tag': 'invalid_access_token' } });
		simulator.dropbox.expireTokens();
		expect(await call(token)).toMatchObject({ error: { '.tag': 'expired_access_token' } });
		simulator.dropbox.configure({ scopes: ['account_info.read'] });
		expect(await call(String(simulator.dropbox.tokens().access_token))).toMatchObject({
			error: { '.tag': 'missing_scope', required_scope: 'files.metadata.read' },
		});
	});

	it('gives a refresh token only for offline access, and each code once', async () => {
		const { dropbox } = simulator;
		const address = new URL('https://www.dropbox.com/oauth2/authorize?response_type=code');
		address.searchParams.set('client_id', dropbox.settings.appKey);
		address.searchParams.set('redirect_uri', 'http://127.0.0.1/back');
		const trade = async (code: string) =>
			await tokenFor({
				grant_type: 'authorization_code',
				code,
				redirect_uri: 'http://127.0.0.1/back',
			});

		expect((await trade(dropbox.authorize(address))).body.refresh_token).toBeUndefined();
		address.searchParams.set('token_access_type', 'offline');
		const code = dropbox.authorize(address);
		const { body } = await trade(code);
		expect((await trade(code)).body.error).toBe('invalid_grant');

		const refresh = { grant_type: 'refresh_token', refresh_token: body.refresh_token! };
		expect((await tokenFor(refresh)).body).toMatchObject({
			token_type: 'bearer',
			expires_in: 14400,
		});
		dropbox.revoke();
		expect((await tokenFor(refresh)).status).toBe(400);
	});

	it('checks an address by a challenge, and signs its notifications', async () => {
		const seen: Array<{ signature: unknown; body: string }> = [];
		const receiver = createServer((request, response) => {
			const challenge = new URL(request.url!, 'http://x').searchParams.get('challenge');
			if (challenge !== null) return void response.end(challenge);
			const chunks: Buffer[] = [];
			request.on('data', (chunk: Buffer) => chunks.push(chunk));
			request.on('end', () => {
				const signature = request.headers['x-dropbox-signature'];
				seen.push({ signature, body: Buffer.concat(chunks).toString() });
				response.end();
			});
		});
		await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
		const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;

		expect(await simulator.dropbox.verify(url)).toMatchObject({ accepted: true });
		await simulator.dropbox.notify();

		const [{ signature, body }] = seen as [{ signature: unknown; body: string }];
		const { appSecret, accountId } = simulator.dropbox.settings;
		expect(signature).toBe(createHmac('sha256', appSecret).update(body).digest('hex'));
		expect(JSON.parse(body)).toMatchObject({ list_folder: { accounts: [accountId] } });
		receiver.close();
	});
});
