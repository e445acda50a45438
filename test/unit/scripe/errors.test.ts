import type { IDataObject } from 'n8n-workflow';

import { detailsOf, errorOf, everythingSaidBy, waits } from '../harness';
import { api, envelope, inProject, jsonOf, KEY, run, WIRE_SOURCE } from './support';

/** The errors of the Scripe API guide. */
const REFUSALS = [
	[400, 'invalid_request'],
	[400, 'bad_pagination'],
	[400, 'bad_cursor'],
	[400, 'version_unsupported'],
	[401, 'invalid_token'],
	[401, 'key_expired'],
	[401, 'key_revoked'],
	[402, 'spend_cap_exceeded'],
	[403, 'plan_not_eligible'],
	[403, 'scope_missing'],
	[403, 'workspace_mismatch'],
	[404, 'not_found'],
	[409, 'idempotency_key_conflict'],
	[413, 'payload_too_large'],
	[422, 'unprocessable'],
	[400, 'ssrf_blocked'],
] as const;

const text = { ...inProject, inputType: 'text', text: 'Good morning.' };
const create = async (more = {}) => await run('source', 'create', text, more);

/** What the node's error item says after a refusal. */
async function saidAbout(status: number, body: unknown) {
	api()
		.post('/v1/sources')
		.reply(status, body as IDataObject);
	const json = await jsonOf(create({ continueOnFail: true }));
	return { error: json.error, ...detailsOf({ json }) };
}

describe('what Scripe refuses', () => {
	it.each(REFUSALS)('is explained: %d %s', async (status, code) => {
		const said = await saidAbout(status, envelope(code, { message: `Because, ${KEY}` }));

		expect(said).toMatchObject({ code, httpStatus: status });
		expect(said.error).toBe(
			`Scripe refused the request to create a source: Because, *** (${code}) [item 0]`,
		);
		expect(said.description).toContain('req_42');
		expect(said.description).not.toContain('Check the node’s fields and the credential.');
		expect(JSON.stringify(said)).not.toContain(KEY);
	});

	it('names the money where the spend cap is reached', async () => {
		const meta = { bucketDate: '2026-11-22', capCents: 2000, spentCents: 1996, estimateCents: 5 };

		const { description } = await saidAbout(402, envelope('spend_cap_exceeded', { meta }));

		expect(description).toContain('spent 1996 of the 2000 cents');
		expect(description).toContain('about 5 more');
		expect(description).toContain('00:00 UTC');
	});

	it.each([
		['a name', 'sources:write', 'sources:write'],
		['a list', ['sources:write', 'posts:write'], 'sources:write, posts:write'],
	])('names the scope that the key lacks, given as %s', async (_kind, required, named) => {
		const details = { required };

		const { description } = await saidAbout(403, envelope('scope_missing', { details }));

		expect(description).toContain(`The key lacks the scope ${named}.`);
	});

	it('names the versions that there are', async () => {
		const details = { accepted: ['2026-08-01', '2027-01-01'] };

		const { description } = await saidAbout(400, envelope('version_unsupported', { details }));

		expect(description).toContain('one of 2026-08-01, 2027-01-01');
	});

	it("gives the request's ID for Scripe's support, as a number too", async () => {
		const { description } = await saidAbout(403, envelope('scope_missing', { request_id: 7 }));

		expect(description).toContain("The request's ID, for Scripe's support: 7.");
	});

	it.each([
		['null in its details', { details: null, meta: null, request_id: null, docs_url: null }],
		['details of another kind', { details: 'sources:write', meta: [1, 2], request_id: [7] }],
	])('is explained with %s', async (_kind, more) => {
		for (const code of ['scope_missing', 'spend_cap_exceeded', 'version_unsupported']) {
			const said = await saidAbout(403, envelope(code, more));

			expect(said).toMatchObject({ code });
			expect(said.description).not.toContain("The request's ID");
		}
	});

	it.each([
		['an error that is text', { error: 'nope' }],
		['an error of null', { error: null }],
		['nothing', ''],
		['a list', []],
	])('is told with its status where the reply is %s', async (_kind, body) => {
		const said = await saidAbout(403, body);

		expect(said).toMatchObject({ code: null, httpStatus: 403 });
		expect(said.error).toContain('HTTP 403');
	});
});

describe('what passes by itself', () => {
	it('is waited out as Retry-After asks', async () => {
		api().post('/v1/sources').reply(429, envelope('rate_limited'), { 'Retry-After': '7' });
		api().post('/v1/sources').reply(200, { data: WIRE_SOURCE });

		await create();

		expect(waits).toContain(7000);
	});

	it('is told where it lasts too long, with the request’s ID', async () => {
		api().post('/v1/sources').times(6).reply(429, envelope('rate_limited'), { 'Retry-After': '1' });

		const error = await errorOf(create());

		expect(error.message).toContain("Scripe's limit for requests to create a source is used up");
		expect(error.description).toContain('req_42');
	});

	it('is told where a read fails again and again', async () => {
		api().get('/v1/workspaces/me').times(6).reply(500, envelope('internal_error'));

		const error = await errorOf(run('workspace', 'get'));

		expect(error.message).toContain('internal_error');
		expect(error.description).toContain('Nothing was lost');
	});
});

describe('what is no reply of Scripe', () => {
	const page = '<!DOCTYPE html><html><body>Welcome</body></html>';

	it.each([
		['a web page', page, { 'Content-Type': 'text/html' }],
		['nothing', '', {}],
		['a reply without data', {}, {}],
		['data of null', { data: null }, {}],
		['data that is a list', { data: [] }, {}],
		['data without an ID', { data: { status: 'Done' } }, {}],
	])('is not taken for a source: %s', async (_kind, body, headers) => {
		api()
			.persist()
			.post('/v1/sources')
			.reply(200, body as IDataObject, headers);

		const error = await errorOf(create());

		expect(error.message).toContain('Scripe');
		expect(error.message).toContain('create a source');
		expect(error.httpCode).toBe('200');
	});

	it.each([
		['an object', { data: {} }],
		['text', { data: 'rows' }],
	])('is not taken for a list: %s', async (_kind, body) => {
		api().get('/v1/jobs').query(true).reply(200, body);

		const error = await errorOf(run('job', 'getMany'));

		expect(error.message).toContain('list jobs');
	});

	it('is not followed to another host with the key', async () => {
		const { href } = new URL('https://elsewhere.example/v1/workspaces/me');
		api().persist().get('/v1/workspaces/me').reply(302, '', { Location: href });

		const error = await errorOf(run('workspace', 'get'));

		expect(error.message).toContain('redirected the request to read the workspace');
		expect(error.message).toContain('elsewhere.example');
		expect(everythingSaidBy(error)).not.toContain(KEY);
	});
});
