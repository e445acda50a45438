import { createHash } from 'node:crypto';
import { KEY, request, until, useSimulator } from './support';

describe('uploads to Scriptivox', () => {
	const { running, scriptivox, call } = useSimulator();
	const presign = async (filename: string) =>
		(await call('POST', '/upload', { body: { filename } })).json;
	const put = async (url: string, body: string | Buffer, headers: Record<string, string>) =>
		await request(url, { method: 'PUT', headers, body });

	it('gives a presigned URL on another origin', async () => {
		const reply = await call('POST', '/upload', { body: { filename: 'a meeting.MP3' } });
		expect(reply.json).toEqual({
			upload_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
			upload_url: expect.stringContaining('/storage/uploads/'),
			method: 'PUT',
			headers: { 'Content-Type': 'audio/mpeg' },
			expires_in: 3600,
		});
		expect(new URL(reply.json.upload_url).origin).toBe(running.simulator.storageUrl);
		expect(running.simulator.storageUrl).not.toBe(running.simulator.url);
	});

	it('stores what is put there once, and no more', async () => {
		const { upload_url, headers } = await presign('a.wav');
		expect((await put(upload_url, 'bytes', headers)).status).toBe(200);
		expect((await put(upload_url, 'bytes', headers)).status).toBe(409);
		expect(scriptivox().statistics().uploads).toEqual({ created: 1, stored: 1, bytes: 5 });
	});

	it.each([['a.txt'], ['a.mp3.pdf'], ['a.constructor']])('refuses the type of %s', async (name) => {
		const reply = await call('POST', '/upload', { body: { filename: name } });
		expect([reply.status, reply.json.error.code]).toEqual([400, 'INVALID_MEDIA_FORMAT']);
	});

	it.each([['recording'], ['../a.mp3'], ['a\\b.mp3'], ['.mp3']])(
		'refuses the name %s',
		async (name) => {
			const reply = await call('POST', '/upload', { body: { filename: name } });
			expect([reply.status, reply.json.error.code]).toEqual([400, 'INVALID_FILENAME']);
		},
	);

	it.each([
		['Authorization', { authorization: `Bearer ${KEY}` }, ''],
		['any Authorization', { authorization: 'Bearer else' }, ''],
		['X-Api-Key', { 'x-api-key': KEY }, ''],
		['another header', { 'x-note': `key ${KEY}` }, ''],
		['its query', {}, `&key=${KEY}`],
	])('refuses a PUT with a key in %s', async (_where, extra, query) => {
		const { upload_url, headers } = await presign('a.mp3');
		const reply = await put(upload_url + query, 'bytes', { ...headers, ...extra });
		expect(reply.status).toBe(400);
		expect(scriptivox().statistics().keysSeenAtStorage).toBe(1);
		expect(scriptivox().statistics().uploads.stored).toBe(0);
	});

	it.each([['audio/wav'], ['audio/mpeg; charset=binary'], ['application/octet-stream']])(
		'refuses a PUT of type %s',
		async (type) => {
			const { upload_url } = await presign('a.mp3');
			expect((await put(upload_url, 'bytes', { 'content-type': type })).status).toBe(400);
		},
	);

	it('refuses a PUT without Content-Length', async () => {
		const { upload_url, headers } = await presign('a.mp3');
		const chunks = new ReadableStream({
			start(controller) {
				controller.enqueue(Buffer.from('bytes'));
				controller.close();
			},
		});
		const init = { method: 'PUT', headers, body: chunks, duplex: 'half' } as RequestInit;
		expect((await request(upload_url, init)).status).toBe(411);
	});

	it('refuses a changed or expired URL, and other methods', async () => {
		const { upload_url, headers } = await presign('a.mp3');
		const changed = upload_url.replace(/expires=\d/, 'expires=9');
		expect((await put(changed, 'bytes', headers)).status).toBe(403);
		expect((await put(upload_url.slice(0, -2), 'bytes', headers)).status).toBe(403);
		const got = await request(upload_url, {});
		expect([got.status, got.headers.get('allow')]).toEqual([405, 'PUT']);
		scriptivox().configure({ uploads: { expireSeconds: -1 } });
		const expired = await presign('a.mp3');
		expect((await put(expired.upload_url, 'bytes', expired.headers)).status).toBe(403);
	});

	it('refuses a file over the limit by its announced length', async () => {
		scriptivox().configure({ uploads: { maximumBytes: 4 } });
		const { upload_url, headers } = await presign('a.mp3');
		expect((await put(upload_url, 'bytes', headers)).status).toBe(413);
	});

	it('keeps the hash of a large body', async () => {
		const content = Buffer.alloc(3_000_000, 'speech');
		const { upload_id, upload_url, headers } = await presign('a.mp4');
		await put(upload_url, content, headers);
		await call('POST', '/transcribe', { body: { upload_id } });
		const sha256 = createHash('sha256').update(content).digest('hex');
		expect(scriptivox().jobs()).toMatchObject([{ sha256, sizeBytes: 3_000_000 }]);
	});

	it('counts how many come at the same time', async () => {
		scriptivox().configure({ uploads: { bytesPerSecond: 1_000_000 } });
		const places = await Promise.all(['a.mp3', 'b.mp3', 'c.mp3'].map(presign));
		const puts = places.map((place) => put(place.upload_url, Buffer.alloc(200_000), place.headers));
		expect((await Promise.all(puts)).map(({ status }) => status)).toEqual([200, 200, 200]);
		expect(scriptivox().statistics().peakParallelUploads).toBe(3);
	});

	it('keeps nothing of an upload that breaks off, and takes it again', async () => {
		const { upload_id, upload_url, headers } = await presign('a.mp3');
		scriptivox().fail({ endpoint: 'PUT /storage', kind: 'reset' });
		await expect(put(upload_url, Buffer.alloc(5_000_000), headers)).rejects.toThrow();
		const early = await call('POST', '/transcribe', { body: { upload_id } });
		expect([early.status, early.json.error.code]).toEqual([400, 'FILE_NOT_UPLOADED']);
		expect((await put(upload_url, 'bytes', headers)).status).toBe(200);
	});

	it('keeps nothing of an upload whose sender goes away', async () => {
		scriptivox().configure({ uploads: { bytesPerSecond: 20_000_000 } });
		const { upload_url, headers } = await presign('a.mp3');
		const leaving = new AbortController();
		const sent = fetch(upload_url, {
			method: 'PUT',
			headers,
			// More than the system's own buffers hold: the end of it can not have been sent.
			body: Buffer.alloc(40_000_000),
			signal: leaving.signal,
		});
		await until(() => (scriptivox().statistics().peakParallelUploads === 1 ? true : null));
		leaving.abort();
		await expect(sent).rejects.toThrow();
		scriptivox().configure({ uploads: { bytesPerSecond: null } });
		await until(async () =>
			(await put(upload_url, 'bytes', headers)).status === 200 ? true : null,
		);
		expect(scriptivox().statistics().uploads).toMatchObject({ stored: 1, bytes: 5 });
	});
});
