import { startSimulator, type Simulator } from '../../dev/simulator/server';

const CHUNK_BYTES = 256 * 1024;

describe('the simulated Google Drive', () => {
	let simulator: Simulator;
	let token: string;

	beforeAll(async () => {
		simulator = await startSimulator();
	});
	beforeEach(() => {
		simulator.reset();
		token = String(simulator.googleDrive.tokens.access_token);
	});
	afterAll(async () => await simulator.stop());

	async function call(method: string, path: string, body?: string | Buffer, headers = {}) {
		const reply = await fetch(`${simulator.googleDrive.baseUrl}${path}`, {
			method,
			headers: { authorization: `Bearer ${token}`, ...headers },
			body: body as string | undefined,
		});
		const text = await reply.text();
		const isJson = reply.headers.get('content-type')?.includes('json');
		const json = isJson ? (JSON.parse(text) as Record<string, never>) : {};
		return { status: reply.status, headers: reply.headers, text, json };
	}

	async function list(q: string, more = '') {
		return await call('GET', `/drive/v3/files?q=${encodeURIComponent(q)}${more}`);
	}

	function namesIn(json: unknown): string[] {
		return (json as { files: Array<{ name: string }> }).files.map(({ name }) => name);
	}

	it('takes an access token until it is too old, and gives another for the refresh token', async () => {
		simulator.googleDrive.expireTokens();
		const late = await call('GET', '/drive/v3/files');
		expect(late.status).toBe(401);
		expect(late.json).toMatchObject({ error: { code: 401, errors: [{ reason: 'authError' }] } });

		const { clientId, clientSecret, refreshToken } = simulator.googleDrive.settings;
		const form = {
			grant_type: 'refresh_token',
			client_id: clientId,
			client_secret: clientSecret,
			refresh_token: refreshToken,
		};
		const renewed = await call('POST', '/token', new URLSearchParams(form).toString());
		token = renewed.json.access_token!;
		expect((await call('GET', '/drive/v3/files')).status).toBe(200);

		const revoked = new URLSearchParams({ ...form, refresh_token: 'another' }).toString();
		expect((await call('POST', '/token', revoked)).json).toMatchObject({ error: 'invalid_grant' });
	});

	it('finds files by folder, kind, name and time, and pages through them', async () => {
		const drive = simulator.googleDrive;
		const folder = drive.addFolder('Inbox');
		drive.addFolder('Below', folder.id);
		drive.addFile({ name: 'elsewhere.mp3' });
		for (const name of ["it's.mp3", 'second.wav', 'third.mp3']) {
			drive.addFile({ name, parent: folder.id, createdTime: '2026-01-02T03:04:05Z' });
		}
		const files = `'${folder.id}' in parents and mimeType != 'application/vnd.google-apps.folder'`;

		const first = await list(files, '&pageSize=2&fields=nextPageToken,files(id,name)');
		const next = `&pageSize=2&pageToken=${String(first.json.nextPageToken)}`;
		const second = await list(files, next);
		expect([...namesIn(first.json), ...namesIn(second.json)]).toEqual([
			'third.mp3',
			'second.wav',
			"it's.mp3",
		]);
		expect(Object.keys((first.json.files as unknown as object[])[0]!)).toEqual(['id', 'name']);
		expect(second.json).not.toHaveProperty('nextPageToken');
		expect(namesIn((await list("name = 'it\\'s.mp3'")).json)).toEqual(["it's.mp3"]);
		const later = await list(`${files} AND createdTime > '2026-01-02T03:04:05Z'`);
		expect(namesIn(later.json)).toEqual([]);
	});

	it.each([
		['a search that is none', '/drive/v3/files?q=nonsense', 400, 'invalid'],
		[
			'a folder that is gone',
			`/drive/v3/files?q=${encodeURIComponent("'x' in parents")}`,
			404,
			'notFound',
		],
		['a page too large', '/drive/v3/files?pageSize=1001', 400, 'invalid'],
		['a field that does not exist', '/drive/v3/files?fields=files(nosuch)', 400, 'invalid'],
		['all drives without saying so', '/drive/v3/files?corpora=allDrives', 400, 'invalid'],
		['an unknown file', '/drive/v3/files/nosuch', 404, 'notFound'],
		['about without fields', '/drive/v3/about', 400, 'required'],
	])('refuses %s', async (_what, path, status, reason) => {
		const answer = await call('GET', path);
		expect(answer.status).toBe(status);
		expect(answer.json).toMatchObject({ error: { errors: [{ reason }] } });
	});

	it('takes a resumable upload in chunks, each where the last one ended', async () => {
		const metadata = JSON.stringify({ name: 'long.txt' });
		const opened = await call('POST', '/upload/drive/v3/files?uploadType=resumable', metadata);
		const address = new URL(String(opened.headers.get('location')));
		expect(address.origin).toBe('https://www.googleapis.com');
		const bytes = Buffer.alloc(CHUNK_BYTES + 5, 'a');
		const send = async (from: number, to: number) =>
			await call('PUT', address.pathname + address.search, bytes.subarray(from, to), {
				'content-range': `bytes ${from}-${to - 1}/${bytes.length}`,
			});

		expect((await send(5, CHUNK_BYTES)).status).toBe(400);
		const half = await send(0, CHUNK_BYTES);
		expect([half.status, half.headers.get('range')]).toEqual([308, `bytes=0-${CHUNK_BYTES - 1}`]);
		const whole = await send(CHUNK_BYTES, bytes.length);
		const media = await call('GET', `/drive/v3/files/${String(whole.json.id)}?alt=media`);
		expect(media.text).toBe(bytes.toString());
	});

	it('makes one file under an id that it handed out, however often it is sent', async () => {
		const { ids } = (await call('GET', '/drive/v3/files/generateIds?count=2')).json as unknown as {
			ids: string[];
		};
		const send = async (id: string, mimeType?: string) => {
			const metadata = JSON.stringify({ id, name: 'talk.srt', mimeType });
			const body = [
				'--edge\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n',
				`${metadata}\r\n--edge\r\nContent-Type: text/plain\r\n\r\nHello.\r\n--edge--`,
			].join('');
			const type = { 'content-type': 'multipart/related; boundary=edge' };
			return await call('POST', '/upload/drive/v3/files?uploadType=multipart', body, type);
		};

		expect(ids).toHaveLength(2);
		expect((await send(ids[0]!)).json).toMatchObject({ id: ids[0], name: 'talk.srt' });
		const again = await send(ids[0]!);
		expect([again.status, again.json]).toMatchObject([
			409,
			{ error: { errors: [{ reason: 'fileIdInUse' }] } },
		]);
		expect((await send('1of-another-account')).status).toBe(400);
		const document = 'application/vnd.google-apps.document';
		expect((await send(ids[1]!, document)).status).toBe(403);
		expect(namesIn((await list("name = 'talk.srt'")).json)).toEqual(['talk.srt']);
	});

	it.each(['count=0', 'count=1001', 'count=many', 'space=photos', 'type=folders'])(
		'hands out no ids for %s',
		async (query) => {
			expect((await call('GET', `/drive/v3/files/generateIds?${query}`)).status).toBe(400);
		},
	);

	it('appends a text to a document, and refuses an empty one and another kind of file', async () => {
		const drive = simulator.googleDrive;
		const mimeType = 'application/vnd.google-apps.document';
		const document = drive.addFile({ name: 'Talk', mimeType });
		const recording = drive.addFile({ name: 'talk.mp3', mimeType: 'audio/mpeg' });
		const append = async (id: string, text: string) => {
			const insertText = { text, endOfSegmentLocation: { segmentId: '' } };
			const body = JSON.stringify({ requests: [{ insertText }] });
			const type = { 'content-type': 'application/json' };
			return await call('POST', `/v1/documents/${id}:batchUpdate`, body, type);
		};

		expect((await append(document.id, 'Good morning.')).json).toMatchObject({
			documentId: document.id,
		});
		expect(String(document.bytes)).toBe('Good morning.');
		expect((await append(document.id, '')).status).toBe(400);
		expect((await append(recording.id, 'Good morning.')).status).toBe(404);
	});

	it('lets a file lie in one folder only', async () => {
		const drive = simulator.googleDrive;
		const [from, to] = [drive.addFolder('From'), drive.addFolder('To')];
		const { id } = drive.addFile({ name: 'a.mp3', parent: from.id });

		const both = await call('PATCH', `/drive/v3/files/${id}?addParents=${to.id}`);
		expect(both.json).toMatchObject({ error: { errors: [{ reason: 'cannotAddParent' }] } });
		const query = `addParents=${to.id}&removeParents=${from.id}`;
		await call('PATCH', `/drive/v3/files/${id}?${query}`);
		expect(drive.filesIn(to.id).map(({ name }) => name)).toEqual(['a.mp3']);
		expect(drive.filesIn(from.id)).toEqual([]);
	});
});
