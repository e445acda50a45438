import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createPlainServer } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import nock from 'nock';

import { errorOf, everythingSaidBy, waits } from '../harness';
import { appliance, BASE_URL, expectStatuses, IDLE, jsonOf, run, TOKEN } from './support';

const read = async (more: Parameters<typeof run>[3] = {}) =>
	await run('recording', 'getStatus', {}, more);

describe('a reply that is none of an appliance', () => {
	it.each([
		['a web page', '<html><body>Router login</body></html>', 'sent a web page'],
		['nothing', '', 'sent an empty reply'],
		['JSON of something else', { status: 'ok' }, 'sent a reply without presets'],
		['text', 'OK', 'sent a reply of an unexpected kind'],
	])('says so: %s', async (_what, body, words) => {
		appliance().get('/api/control/status').reply(200, body);

		const error = await errorOf(read());

		expect(error.message).toContain(words);
		expect(error.description).toContain('Base URL');
		expect(everythingSaidBy(error)).not.toContain('Router login');
	});
});

describe('a refusal', () => {
	it.each([
		[401, 'enter an API token'],
		[403, 'enter an API token'],
		[404, 'Base URL, such as http://192.168.1.20:8080 without a path'],
	])('of %i says what to do', async (status, advice) => {
		appliance().get('/api/control/status').reply(status, '');

		const error = await errorOf(read());

		expect(error.message).toBe(
			`MediaScribe refused the request to read the status: HTTP ${status} [item 0]`,
		);
		expect(error.description).toContain(advice);
		expect(error.context).toMatchObject({ httpStatus: status, code: null });
		expect(waits).toEqual([]);
	});

	it.each([
		[{ message: 'Token revoked' }, 'Token revoked'],
		[{ error: 'Token revoked' }, 'Token revoked'],
		[{ title: 'Unauthorized', status: 401 }, 'Unauthorized'],
		[{ detail: ['x'] }, 'HTTP 401'],
		['<html>no</html>', 'HTTP 401'],
		[null, 'HTTP 401'],
	])('gives the words of %j', async (body, words) => {
		appliance()
			.get('/api/control/status')
			.reply(401, body as nock.Body);

		const error = await errorOf(read());

		expect(error.message).toContain(`: ${words} [item 0]`);
	});

	it('never shows the token', async () => {
		appliance()
			.get('/api/control/status')
			.reply(401, { message: `The token ${TOKEN} is unknown` });

		const error = await errorOf(read());

		expect(error.message).toContain('The token *** is unknown');
		expect(everythingSaidBy(error)).not.toContain(TOKEN);
	});
});

describe('a redirect', () => {
	it('is not followed, so that the token stays where it belongs', async () => {
		appliance()
			.get('/api/control/status')
			.reply(302, '', { location: 'https://elsewhere.example/login' });

		const error = await errorOf(read());

		expect(error.message).toContain(
			'redirected the request to read the status to elsewhere.example',
		);
	});
});

describe('trouble on the way', () => {
	it.each([429, 500, 503])('is got over: a read that meets %i is sent again', async (status) => {
		appliance().get('/api/control/status').reply(status);
		expectStatuses(IDLE);

		expect(await jsonOf(read())).toMatchObject({ state: 'ready' });
	});

	it.each([
		['ECONNREFUSED', 'the connection was refused'],
		['ENOTFOUND', 'there is no host of that name'],
		['EHOSTUNREACH', 'there is no way to the host'],
	])('%s says that the appliance cannot be reached', async (code, words) => {
		appliance()
			.persist()
			.get('/api/control/status')
			.replyWithError(Object.assign(new Error(code), { code }));

		const error = await errorOf(read());

		expect(error.message).toBe(
			`MediaScribe cannot be reached at ${new URL(BASE_URL).host}: ${words} [item 0]`,
		);
		expect(error.context).toMatchObject({ code, httpStatus: null });
	});
});

describe('a base URL', () => {
	it.each(['', '192.168.1.20', 'ftp://192.168.1.20'])('of %j sends nothing', async (baseUrl) => {
		const credentials = { mediaScribeApi: { baseUrl, apiToken: TOKEN } };

		await expect(read({ credentials })).rejects.toThrow('is not an http or https URL');
	});
});

describe('an appliance with a certificate that it signed itself', () => {
	const folder = mkdtempSync(join(tmpdir(), 'certificate-'));
	const [keyFile, certificateFile] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
	let listener: ReturnType<typeof createServer>;
	let seen: Array<string | undefined> = [];

	const credentials = (protocol: string, ignoreSslIssues: boolean) => ({
		mediaScribeApi: {
			baseUrl: `${protocol}://127.0.0.1:${(listener.address() as AddressInfo).port}`,
			apiToken: TOKEN,
			ignoreSslIssues,
		},
	});

	beforeAll(async () => {
		nock.restore();
		const subject = ['-subj', '/CN=appliance'];
		const files = ['-keyout', keyFile, '-out', certificateFile];
		const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
		execFileSync('openssl', ['req', '-x509', '-days', '1', ...kind, ...files, ...subject], {
			stdio: 'ignore',
		});
		listener = createServer(
			{ key: readFileSync(keyFile), cert: readFileSync(certificateFile) },
			({ headers }, response) => {
				seen.push(headers.authorization);
				response.setHeader('content-type', 'application/json').end(JSON.stringify(IDLE));
			},
		);
		await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
	});

	beforeEach(() => {
		seen = [];
	});

	afterAll(async () => {
		listener.closeAllConnections();
		await new Promise((resolve) => listener.close(resolve));
		rmSync(folder, { recursive: true });
	});

	it('is not spoken to, and the error says that it is the certificate', async () => {
		const error = await errorOf(read({ credentials: credentials('https', false) }));

		expect(error.message).toContain('its certificate is not trusted');
		expect(error.description).toContain('Ignore SSL Issues');
		expect(error.context).toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
		expect(seen).toEqual([]);
		expect(waits).toEqual([]);
	});

	it('is spoken to where the user trusts the network', async () => {
		const status = await jsonOf(read({ credentials: credentials('https', true) }));

		expect(status).toMatchObject({ state: 'ready', siteName: 'Town Hall' });
		expect(seen).toEqual([`Bearer ${TOKEN}`]);
	});
});

describe('a plain http port that is spoken to in https', () => {
	it('is named as such', async () => {
		const listener = createPlainServer((_request, response) => response.end());
		await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
		const baseUrl = `https://127.0.0.1:${(listener.address() as AddressInfo).port}`;

		const error = await errorOf(
			read({ credentials: { mediaScribeApi: { baseUrl, apiToken: TOKEN } } }),
		);
		listener.closeAllConnections();
		await new Promise((resolve) => listener.close(resolve));

		expect(error.message).toContain('it does not speak https there');
	});
});

describe('a port on which nothing listens', () => {
	it.each(['127.0.0.1', 'localhost'])('at %s is told as a refused connection', async (host) => {
		const listener = createPlainServer();
		await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
		const { port } = listener.address() as AddressInfo;
		await new Promise((resolve) => listener.close(resolve));
		const baseUrl = `http://${host}:${port}`;

		const error = await errorOf(
			read({ credentials: { mediaScribeApi: { baseUrl, apiToken: TOKEN } } }),
		);

		expect(error.message).toContain(
			`MediaScribe cannot be reached at ${host}:${port}: the connection was refused`,
		);
		expect(error.context).toMatchObject({ code: 'ECONNREFUSED' });
	});
});
