import { setTimeout as sleep } from 'node:timers/promises';
import { transcriptOf } from '../../dev/simulator/scripe/sources';
import { startSimulator, type Simulator } from '../../dev/simulator/server';
import { durationOf } from '../../dev/simulator/shared/speech';
import { createHash } from 'node:crypto';
import { request, until } from './support';
import type { Reply } from './support';

const KEY = 'scripe_sk_test_simulator';
const VERSION = '2026-08-01';
const PROJECT = 'proj_personal';
const STAGES = { queuedSeconds: 0.05, runningSeconds: 0.05 };

let simulator: Simulator;
const scripe = () => simulator.scripe;

beforeAll(async () => {
	simulator = await startSimulator({
		scripe: { stages: STAGES, rateLimits: { enabled: false } },
	});
});
afterEach(() => simulator.reset());
afterAll(async () => await simulator.stop());

/** One call of the API, with key and version unless told otherwise. */
async function call(
	method: string,
	path: string,
	{ body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {},
): Promise<Reply> {
	const json: Record<string, string> =
		body === undefined ? {} : { 'content-type': 'application/json' };
	const usual = { authorization: `Bearer ${KEY}`, 'scripe-api-version': VERSION };
	return await request(scripe().baseUrl + path, {
		method,
		headers: { ...usual, ...json, ...headers },
		body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
	});
}

const createText = async (more: object = {}, headers: Record<string, string> = {}) =>
	await call('POST', '/sources', {
		body: { type: 'text', projectId: PROJECT, text: 'Hello there', ...more },
		headers,
	});

/** POST /uploads and the PUT; gives the upload's ID. */
async function upload(content: string): Promise<string> {
	const { json } = await call('POST', '/uploads', { body: { contentType: 'audio/mpeg' } });
	const { id, uploadUrl } = json.data;
	const headers = { 'content-type': 'audio/mpeg' };
	const stored = await request(uploadUrl, { method: 'PUT', headers, body: content });
	expect(stored.status).toBe(200);
	return id as string;
}

const createFile = async (content: string, name: string | null = null) =>
	await call('POST', '/sources', {
		body: { type: 'file', projectId: PROJECT, uploadId: await upload(content), name },
	});

/** The job once it has one of these statuses. */
async function reached(id: string, ...statuses: string[]): Promise<Reply['json']> {
	return await until(async () => {
		const { json } = await call('GET', `/jobs/${id}`);
		return statuses.includes(json.data.status) ? json.data : null;
	});
}

const codeOf = ({ status, json }: Reply) => [status, json.error.code];

describe('sources at Scripe', () => {
	it('are there at once when they are made of a text, with no more than its beginning', async () => {
		const { json } = await createText({ text: 'word '.repeat(1000), name: 'Words' });

		expect(json.data).toMatchObject({
			id: expect.stringMatching(/^src_/),
			status: 'Done',
			name: 'Words',
			textPreviewTruncated: true,
			hasFullText: true,
		});
		expect(json.data.textPreview).toHaveLength(2000);
		const { json: read } = await call('GET', `/sources/${json.data.id}`);
		expect(read.data).toEqual(json.data);
	});

	it('are made of a file by a job', async () => {
		const { json } = await createFile('spoken words');
		expect(json.data).toMatchObject({ type: 'SOURCE_INGEST_FILE', status: 'QUEUED', result: null });
		const { result } = await reached(json.data.id, 'DONE');

		const { json: read } = await call('GET', `/sources/${result.sourceId}`);

		const sha256 = createHash('sha256').update('spoken words').digest('hex');
		expect(read.data.textPreview).toBe(transcriptOf(sha256, durationOf(12)).slice(0, 2000));
		expect(scripe().statistics()).toMatchObject({ spentCents: 10, sources: 1, doneJobs: 1 });
	});

	it.each([
		[{ type: undefined }, [400, 'invalid_request']],
		[{ type: 'url' }, [400, 'invalid_request']],
		[{ projectId: undefined }, [400, 'invalid_request']],
		[{ projectId: 'proj_other' }, [404, 'not_found']],
		[{ text: '' }, [400, 'invalid_request']],
		[{ text: undefined }, [400, 'invalid_request']],
		[{ text: 'x'.repeat(1_000_001) }, [400, 'invalid_request']],
		[{ type: 'file' }, [400, 'invalid_request']],
		[{ type: 'file', uploadId: 'upl_none' }, [404, 'not_found']],
		[{ name: 7 }, [400, 'invalid_request']],
	])('are refused: %#', async (wrong, expected) => {
		expect(codeOf(await createText(wrong))).toEqual(expected);
	});

	it('are refused of an upload whose bytes never came', async () => {
		const { json } = await call('POST', '/uploads', { body: { contentType: 'audio/mpeg' } });
		const body = { type: 'file', projectId: PROJECT, uploadId: json.data.id };

		expect(codeOf(await call('POST', '/sources', { body }))).toEqual([422, 'unprocessable']);
	});
});

describe('uploads at Scripe', () => {
	const mint = async (body: unknown) => await call('POST', '/uploads', { body });

	it.each([
		[{}, [400, 'invalid_request']],
		[{ contentType: 'application/zip' }, [422, 'unprocessable']],
		[{ contentType: 'audio/mpeg', maxSizeBytes: 0 }, [400, 'invalid_request']],
		[{ contentType: 'image/png', maxSizeBytes: 25 * 1024 ** 2 + 1 }, [422, 'unprocessable']],
	])('are refused: %j', async (body, expected) => {
		expect(codeOf(await mint(body))).toEqual(expected);
	});

	it.each([
		['another type', { 'content-type': 'audio/wav' }, 'abc', 403],
		['more bytes than asked for', { 'content-type': 'audio/mpeg' }, 'abcd', 413],
		['a key', { 'content-type': 'audio/mpeg', authorization: `Bearer ${KEY}` }, 'abc', 400],
	])('take no %s', async (_what, headers, body, status) => {
		const { json } = await mint({ contentType: 'audio/mpeg', maxSizeBytes: 3 });

		const stored = await request(json.data.uploadUrl, { method: 'PUT', headers, body });

		expect(stored.status).toBe(status);
		const seen = 'authorization' in headers ? 1 : 0;
		expect(scripe().statistics().keysSeenAtStorage).toBe(seen);
	});

	it('are good for one file, at an address on another origin that cannot be made up', async () => {
		const { json } = await mint({ contentType: 'audio/mpeg', maxSizeBytes: 3 });
		const { uploadUrl } = json.data;
		const put = async (url: string) =>
			(
				await request(url, {
					method: 'PUT',
					headers: { 'content-type': 'audio/mpeg' },
					body: 'abc',
				})
			).status;

		expect(new URL(uploadUrl).origin).toBe(simulator.storageUrl);
		expect(await put(`${uploadUrl}x`)).toBe(403);
		expect(await put(uploadUrl)).toBe(200);
		expect(await put(uploadUrl)).toBe(409);
	});

	it('run out', async () => {
		scripe().configure({ uploads: { expireSeconds: 0 } });
		const { json } = await mint({ contentType: 'audio/mpeg' });
		await sleep(5);
		const headers = { 'content-type': 'audio/mpeg' };

		const stored = await request(json.data.uploadUrl, { method: 'PUT', headers, body: 'abc' });

		expect(stored.status).toBe(403);
	});
});

describe('jobs at Scripe', () => {
	it('go from the queue to their end', async () => {
		const { json } = await createFile('a', 'slow-0.2s');
		const running = await reached(json.data.id, 'RUNNING');
		expect(running.progress).toMatchObject({ progress: 0.5 });
		const done = await reached(json.data.id, 'DONE');
		expect(done).toMatchObject({ progress: null, completedAt: expect.any(String) });
	});

	it('fail where the name says so', async () => {
		const { json } = await createFile('a', 'fail-job');

		expect(await reached(json.data.id, 'FAILED')).toMatchObject({
			errorCode: 'processing_failed',
			errorMessage: expect.any(String),
			result: null,
		});
	});

	it('are cancelled in the queue alone', async () => {
		const { json } = await createFile('a', 'stuck-queued');
		const path = `/jobs/${json.data.id}/cancel`;

		expect((await call('POST', path)).json.data).toMatchObject({ status: 'CANCELLED' });
		expect(codeOf(await call('POST', path))).toEqual([422, 'unprocessable']);
		expect(codeOf(await call('POST', '/jobs/job_none/cancel'))).toEqual([404, 'not_found']);
	});

	it('are listed the newest first, by status and type, a page at a time', async () => {
		const ids: string[] = [];
		for (const name of ['fail-job', 'a', 'fail-job', 'b']) {
			ids.push((await createFile(name, name)).json.data.id);
		}
		for (const id of ids) await reached(id, 'DONE', 'FAILED');
		const { json: first } = await call('GET', '/jobs?limit=3');
		const { next_cursor, has_more } = first.pagination;
		const { json: second } = await call('GET', `/jobs?limit=3&cursor=${next_cursor}`);
		const { json: failed } = await call('GET', '/jobs?status=FAILED&type=SOURCE_INGEST_FILE');
		const idsOf = ({ data }: { data: Array<{ id: string }> }) => data.map(({ id }) => id);

		expect(has_more).toBe(true);
		expect([...idsOf(first), ...idsOf(second)]).toEqual([...ids].reverse());
		expect(second.pagination).toEqual({ next_cursor: null, has_more: false });
		expect(idsOf(failed)).toEqual([ids[2], ids[0]]);
		const { json: none } = await call('GET', '/jobs?dateTo=2020-01-01');
		expect(none.data).toEqual([]);
	});

	it.each([
		['/jobs?limit=0', [400, 'bad_pagination']],
		['/jobs?limit=201', [400, 'bad_pagination']],
		['/jobs?cursor=nowhere', [400, 'bad_cursor']],
		['/jobs?status=done', [400, 'invalid_request']],
		['/jobs?dateFrom=yesterday', [400, 'invalid_request']],
		['/posts', [400, 'invalid_request']],
		['/notes?projectId=proj_other', [404, 'not_found']],
		['/jobs/job_none', [404, 'not_found']],
		['/projects/proj_other', [404, 'not_found']],
		['/knowledge', [404, 'not_found']],
	])('are asked for strictly: %s', async (path, expected) => {
		expect(codeOf(await call('GET', path))).toEqual(expected);
	});

	it('may clamp the limit, as another page of the vendor has it', async () => {
		scripe().configure({ clampsLimit: true });

		expect((await call('GET', '/jobs?limit=1000')).status).toBe(200);
	});
});

describe('posts, notes, projects and the workspace at Scripe', () => {
	it('keep a post, and list it by status and day', async () => {
		const scheduledFor = new Date(Date.now() + 60_000).toISOString();
		const body = { projectId: PROJECT, content: 'Learned', scheduledFor };
		const { json } = await call('POST', '/posts', { body });
		expect(json.data).toMatchObject({ status: 'scheduled', scheduledAt: scheduledFor });

		const listed = await call('GET', `/posts?projectId=${PROJECT}&status=draft,scheduled`);
		const drafts = await call('GET', `/posts?projectId=${PROJECT}&status=draft`);

		expect(listed.json.data).toEqual([json.data]);
		expect(drafts.json.data).toEqual([]);
	});

	it('refuse a time that has passed', async () => {
		const body = { projectId: PROJECT, scheduledFor: '2020-01-01T00:00:00Z' };

		expect(codeOf(await call('POST', '/posts', { body }))).toEqual([422, 'unprocessable']);
	});

	it('write a post while the request waits', async () => {
		const body = { projectId: PROJECT, source: { text: 'A talk' }, wait_for_completion_ms: 5000 };
		const { json } = await call('POST', '/posts/generations', { body });

		expect(json.data).toMatchObject({ type: 'POST_GENERATION', status: 'DONE' });
		expect(
			scripe()
				.posts()
				.map(({ id }) => id),
		).toEqual([json.data.result.postId]);
	});

	it('wrap every reply in data but that of the workspace', async () => {
		const { json: notes } = await call('GET', `/notes?projectId=${PROJECT}&folderId=fld_ideas`);
		const { json: project } = await call('GET', `/projects/${PROJECT}`);
		const { json: workspace } = await call('GET', '/workspaces/me');

		expect(notes.data).toHaveLength(3);
		expect(project.data.name).toBe('Ada Lovelace');
		expect(workspace).toMatchObject({ workspace: { plan: 'ADVANCED' }, principal: {} });
	});
});

describe('idempotency keys at Scripe', () => {
	it('give the first reply again', async () => {
		const first = await createText({}, { 'idempotency-key': 'one' });
		const again = await createText({}, { 'idempotency-key': 'one' });

		expect(first.headers.get('idempotent-replayed')).toBe('false');
		expect(again.headers.get('idempotent-replayed')).toBe('true');
		expect(again.json).toEqual(first.json);
		expect(scripe().statistics()).toMatchObject({ sources: 1, idempotentReplays: 1 });
	});

	it('refuse another body, in whatever order its fields come', async () => {
		await createText({ name: 'a' }, { 'idempotency-key': 'one' });
		const body = `{"name":"a","text":"Hello there","projectId":"${PROJECT}","type":"text"}`;
		const headers = { 'idempotency-key': 'one' };

		expect((await call('POST', '/sources', { body, headers })).status).toBe(200);
		const other = await createText({ name: 'b' }, headers);
		expect(codeOf(other)).toEqual([409, 'idempotency_key_conflict']);
	});

	it('do not count when they are malformed, without a word', async () => {
		const headers = { 'idempotency-key': 'not a key' };
		const first = await createText({}, headers);
		const second = await createText({}, headers);

		expect(first.headers.get('idempotent-replayed')).toBeNull();
		expect(second.json.data.id).not.toBe(first.json.data.id);
		expect(scripe().statistics().malformedKeys).toBe(2);
	});

	it('limit the body', async () => {
		scripe().configure({ idempotentSourceBytes: 50 });

		const reply = await createText({}, { 'idempotency-key': 'one' });

		expect(codeOf(reply)).toEqual([413, 'payload_too_large']);
	});
});

describe('what Scripe refuses to anybody', () => {
	it.each([
		['no key', {}, '', [401, 'invalid_token']],
		['another key', {}, 'Bearer nope', [401, 'invalid_token']],
		['a key without Bearer', {}, KEY, [401, 'invalid_token']],
		['an expired key', {}, 'Bearer scripe_sk_test_expired', [401, 'key_expired']],
		['a revoked key', {}, 'Bearer scripe_sk_test_revoked', [401, 'key_revoked']],
		['a small plan', { plan: 'SOLO' as const }, `Bearer ${KEY}`, [403, 'plan_not_eligible']],
	])('is %s', async (_what, settings, authorization, expected) => {
		scripe().configure(settings);

		const reply = await call('GET', '/workspaces/me', { headers: { authorization } });

		expect(codeOf(reply)).toEqual(expected);
		expect(reply.json.error).toMatchObject({
			request_id: expect.stringMatching(/^req_/),
			docs_url: expect.stringContaining(String(expected[1])),
		});
		expect(reply.headers.get('x-request-id')).toBeTruthy();
	});

	it('is a version that there is none of; without one the default is meant', async () => {
		const wrong = await call('GET', '/projects', {
			headers: { 'scripe-api-version': '2020-01-01' },
		});
		const headers = { authorization: `Bearer ${KEY}` };
		const without = await request(`${scripe().baseUrl}/projects`, { headers });

		expect(codeOf(wrong)).toEqual([400, 'version_unsupported']);
		expect(wrong.json.error.details).toEqual({ accepted: [VERSION] });
		expect(without.status).toBe(200);
		expect(scripe().statistics().unversioned).toBe(1);
	});

	it('is a key without the scope', async () => {
		scripe().configure({ missingScopes: ['sources:write'] });

		const reply = await createText();

		expect(codeOf(reply)).toEqual([403, 'scope_missing']);
		expect(reply.json.error.details).toEqual({ required: 'sources:write' });
	});

	it('is what would cost more than the day’s cap', async () => {
		scripe().configure({ capCents: 15 });
		expect((await createFile('a')).status).toBe(200);

		const reply = await createFile('b');

		expect(codeOf(reply)).toEqual([402, 'spend_cap_exceeded']);
		expect(reply.json.error.meta).toMatchObject({
			capCents: 15,
			spentCents: 10,
			estimateCents: 10,
		});
	});

	it('is more than the limit of the workspace', async () => {
		scripe().configure({ rateLimits: { enabled: true, places: 2 } });
		await call('GET', '/projects');
		await call('GET', '/jobs');

		const reply = await call('GET', '/projects');

		expect(codeOf(reply)).toEqual([429, 'rate_limited']);
		expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0);
		expect(reply.headers.get('x-ratelimit-remaining')).toBe('0');
	});

	it('is a body that is no JSON', async () => {
		const reply = await call('POST', '/sources', { body: '{"type":' });

		expect(codeOf(reply)).toEqual([400, 'invalid_request']);
	});

	it('is what a fault asks for', async () => {
		scripe().fail({ endpoint: 'GET /jobs', kind: 'status', status: 500 });

		expect(codeOf(await call('GET', '/jobs'))).toEqual([500, 'internal_error']);
		expect((await call('GET', '/jobs')).status).toBe(200);
	});

	it('counts fields that it does not know', async () => {
		await createText({ language: 'en' });

		expect(scripe().statistics()).toMatchObject({
			unknownFields: 1,
			unknownFieldNames: { 'POST /sources': { language: 1 } },
		});
	});

	it('shows what it holds to the control endpoints', async () => {
		await createText();
		const control = async (path: string) =>
			(await request(`${simulator.url}/control/scripe/${path}`, {})).json;

		expect(await control('sources')).toMatchObject([{ text: 'Hello there' }]);
		expect(await control('jobs')).toEqual([]);
		expect(await control('settings')).toMatchObject({ plan: 'ADVANCED' });
	});
});
