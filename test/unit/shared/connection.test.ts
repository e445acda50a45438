import nock from 'nock';
import type { IDataObject } from 'n8n-workflow';

import { CERTIFICATE_CODES, connectionFlaw, isWebPage } from '../../../nodes/shared/connection';
import { request } from '../../../nodes/shared/request';
import type { ApiCall } from '../../../nodes/shared/request';
import { errorOf, runNode } from '../harness';
import { probe, probeProvider, PROBE_URL } from './probe';

const WRITE: ApiCall = {
	endpoint: { name: 'make a thing', requestsPerMinute: 0 },
	method: 'POST',
	path: '/things',
	expects: 'nothing',
	resendable: false,
};

async function write(maxRetries = 5) {
	return await runNode({
		...probe(async (context, itemIndex) => {
			const { body } = await request<IDataObject>(context, probeProvider, WRITE, itemIndex);
			return [{ json: { body } }];
		}),
		parameters: { options: { maxRetries } },
	});
}

function refused(code: string): Error {
	return Object.assign(new Error(`connect ${code}`), { code });
}

const things = () => nock(PROBE_URL).post('/v1/things');

describe('a connection that cannot be made', () => {
	it('is tried again even for a write, because nothing was sent', async () => {
		things().replyWithError(refused('ECONNREFUSED'));
		things().reply(204);

		await write();
	});

	it('names the host and the reason, and does not say that the request may have arrived', async () => {
		things().replyWithError(refused('ECONNREFUSED'));

		const error = await errorOf(write(0));

		expect(error.message).toContain(
			'Probe cannot be reached at probe.example: the connection was refused',
		);
		expect(error.description).toContain('The request to make a thing was not sent');
		expect(error.description).not.toContain('may have arrived');
	});

	it.each([...CERTIFICATE_CODES, 'EPROTO', 'ERR_SSL_WRONG_VERSION_NUMBER'])(
		'is not tried again for %s, which does not pass',
		async (code) => {
			things().replyWithError(refused(code));

			const error = await errorOf(write());

			expect(error.context).toMatchObject({ code, httpStatus: null });
		},
	);

	it.each(['ECONNRESET', 'ETIMEDOUT', 'toString', null])('is not what %s means', (code) => {
		expect(connectionFlaw(code)).toBeUndefined();
	});
});

describe('a web page in the place of a reply', () => {
	it.each([
		['text/html; charset=utf-8', ''],
		[undefined, '\n<!DOCTYPE html><html>'],
		['text/plain', '<html lang="en">'],
	])('is known by the type %j or the beginning %j', (type, body) => {
		expect(isWebPage(type, body)).toBe(true);
	});

	it.each([
		['text/plain', 'He said <html>'],
		['application/json', { html: '<html>' }],
		[undefined, ''],
		['text/vtt', Buffer.from('WEBVTT')],
	])('is not seen in a reply of type %j and %j', (type, body) => {
		expect(isWebPage(type, body)).toBe(false);
	});

	it('is no success, even where nothing is expected', async () => {
		things().reply(200, '<html>Sign in</html>', { 'content-type': 'text/html' });

		const error = await errorOf(write());

		expect(error.message).toContain('Probe sent a web page to the request to make a thing');
	});
});
