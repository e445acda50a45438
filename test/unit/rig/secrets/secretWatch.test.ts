import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import nock from 'nock';
import { type Simulator, startSimulator } from '../../../../dev/simulator/server';
import { SecretWatch } from '../../../rig/secrets/secretWatch';
import { searchStored } from '../../../rig/secrets/storedSecrets';

let simulator: Simulator;
let stranger: Server;
let strangersUrl: string;
let watch: SecretWatch;
let folder: string;

beforeAll(() => nock.restore());

beforeEach(async () => {
	simulator = await startSimulator();
	stranger = createServer((request, response) => request.resume().on('end', () => response.end()));
	await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
	strangersUrl = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}`;
	watch = SecretWatch.start(simulator, {
		'api.dropboxapi.com': `${simulator.dropbox.baseUrl}/api`,
	});
	folder = await mkdtemp(join(tmpdir(), 'secrets-'));
});

afterEach(async () => {
	watch.stop();
	stranger.closeAllConnections();
	stranger.close();
	await simulator.stop();
	await rm(folder, { recursive: true, force: true });
});

/** Uploads a recording as the node does, to an address that is signed for it. */
async function upload(): Promise<string> {
	const { baseUrl, apiKey } = simulator.scriptivox;
	const started = await fetch(`${baseUrl}/upload`, {
		method: 'POST',
		headers: { authorization: apiKey, 'content-type': 'application/json' },
		body: JSON.stringify({ filename: 'talk.mp3', content_type: 'audio/mpeg' }),
	});
	const reply = (await started.json()) as { upload_url: string };
	await fetch(reply.upload_url, {
		method: 'PUT',
		headers: { 'content-type': 'audio/mpeg' },
		body: 'sound',
	});
	return reply.upload_url;
}

describe('the watch over secrets', () => {
	it('says nothing where each secret goes to its own provider', async () => {
		const { dropbox, whipscribe } = simulator;
		await upload();
		await fetch(`${whipscribe.baseUrl}/jobs`, { headers: { 'x-api-key': whipscribe.apiKey } });
		const authorization = `Bearer ${dropbox.tokens().access_token}`;
		await fetch(`${dropbox.baseUrl}/api/2/check`, { headers: { authorization } });
		await writeFile(join(folder, 'n8n.log'), 'Started');

		await watch.searchFolder(folder);

		expect(() => watch.expectNoLeak()).not.toThrow();
	});

	it.each([
		['another provider', () => simulator.whipscribe.baseUrl, 'at whipscribe'],
		['the storage of uploads', () => simulator.storageUrl, 'at storage'],
		['somebody else', () => strangersUrl, 'at 127.0.0.1'],
	])('sees a key that goes to %s, in a header, an address or a body', async (_, url, at) => {
		const { apiKey } = simulator.scriptivox;
		await fetch(`${url()}/header`, { headers: { authorization: apiKey } });
		await fetch(`${url()}/address?key=${apiKey}`);
		await fetch(`${url()}/body`, { method: 'POST', body: JSON.stringify({ key: apiKey }) });

		const said = () => watch.expectNoLeak();

		expect(said).toThrow(`/header ${at}`);
		expect(said).toThrow(`/address ${at}`);
		expect(said).toThrow(`/body ${at}`);
		expect(said).toThrow('carries a secret of scriptivox');
		expect(said).not.toThrow(apiKey);
	});

	it('sees a key that lies in two chunks of a body', async () => {
		const { apiKey } = simulator.scriptivox;
		const parts = ['x'.repeat(100_000) + apiKey.slice(0, 5), apiKey.slice(5)];
		const body = new ReadableStream({
			async pull(controller) {
				const part = parts.shift();
				await new Promise((resolve) => setTimeout(resolve, 50));
				if (part) controller.enqueue(new TextEncoder().encode(part));
				else controller.close();
			},
		});
		await fetch(strangersUrl, { method: 'POST', body, duplex: 'half' } as RequestInit);

		expect(() => watch.expectNoLeak()).toThrow('carries a secret of scriptivox');
	});

	it('sees a key in what n8n has stored, and in a dump of its database', async () => {
		await writeFile(join(folder, 'n8n.log'), `401 for ${simulator.whipscribe.apiKey}`);
		await watch.searchFolder(folder);
		watch.searchText('The database', `INSERT ${simulator.transcripton.webhookSecret}`);

		expect(() => watch.expectNoLeak()).toThrow('n8n.log holds a secret of whipscribe');
		expect(() => watch.expectNoLeak()).toThrow('The database holds a secret of transcripton');
	});

	it('sees a key in what Redis and PostgreSQL keep for n8n in queue mode', async () => {
		const redis = { folder: join(folder, 'redis') };
		await mkdir(redis.folder);
		await writeFile(join(redis.folder, 'kept.aof'), `SET job ${simulator.scriptivox.apiKey}`);
		const dump = async () => await Promise.resolve(`INSERT ${simulator.whipscribe.apiKey}`);
		const root = join(folder, 'n8n');

		await searchStored(watch, { root, queue: { redis, postgres: { dump } } });

		expect(() => watch.expectNoLeak()).toThrow('kept.aof holds a secret of scriptivox');
		expect(() => watch.expectNoLeak()).toThrow('The database holds a secret of whipscribe');
	});

	it('allows one that a caller sends in to lie in the database, and nowhere else', async () => {
		const { apiKey } = simulator.scriptivox;
		watch.mayBeStored(apiKey);
		await writeFile(join(folder, 'database.sqlite-wal'), `INSERT ${apiKey}`);
		await watch.searchFolder(folder);
		expect(() => watch.expectNoLeak()).not.toThrow();

		await writeFile(join(folder, 'n8n.log'), `401 for ${apiKey}`);
		await watch.searchFolder(folder);

		expect(() => watch.expectNoLeak()).toThrow(/:\nn8n.log holds a secret of scriptivox$/);
	});

	it('passes over what n8n has removed meanwhile', async () => {
		await watch.searchFolder(join(folder, 'gone'));

		expect(() => watch.expectNoLeak()).not.toThrow();
	});

	it('takes the signature of a presigned address for a secret of the storage', async () => {
		const signature = new URL(await upload()).searchParams.get('token');
		watch.searchText('The database', `PUT failed: ?token=${signature}`);

		expect(() => watch.expectNoLeak()).toThrow('The database holds a secret of storage');
	});
});
