import nock from 'nock';

import { CERTIFICATE_CODES, connectionFlaw } from '../../../../nodes/shared/http/connection';
import type { ApiCall } from '../../../../nodes/shared/http/apiCall';
import { request } from '../../../../nodes/shared/http/request';
import { errorOf, runNode } from '../../harness';
import { probe, probeProvider, PROBE_URL } from '../probe';

const read = async () =>
	await runNode(
		probe(async (context, itemIndex) => {
			const call: ApiCall = {
				endpoint: { name: 'read', requestsPerMinute: 0 },
				method: 'GET',
				path: '/things',
				expects: 'json',
			};
			await request(context, probeProvider, call, itemIndex);
			return [];
		}),
	);

describe('a connection that could not be made', () => {
	it.each([
		['ECONNREFUSED', true],
		['ENOTFOUND', true],
		['EAI_AGAIN', true],
		['EHOSTUNREACH', true],
		['CERT_HAS_EXPIRED', false],
		['DEPTH_ZERO_SELF_SIGNED_CERT', false],
		['EPROTO', false],
		['ERR_SSL_WRONG_VERSION_NUMBER', false],
	])('with %s is known, and may pass: %p', (code, passing) => {
		expect(connectionFlaw(code)).toMatchObject({ passing, words: expect.any(String) });
	});

	it.each([null, 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'toString'])(
		'is not assumed with %p, where the request may have arrived',
		(code) => {
			expect(connectionFlaw(code)).toBeUndefined();
		},
	);

	it('lets even a write without a key be sent again, because it never left', async () => {
		const call = {
			endpoint: { name: 'make a thing', requestsPerMinute: 0 },
			method: 'POST' as const,
			path: '/things',
			expects: 'json' as const,
			resendable: false,
		};
		nock(PROBE_URL)
			.post('/v1/things')
			.replyWithError(Object.assign(new Error('no such host'), { code: 'ENOTFOUND' }));
		nock(PROBE_URL).post('/v1/things').reply(200, { id: 1 });

		await runNode(
			probe(async (context, itemIndex) => {
				await request(context, probeProvider, call, itemIndex);
				return [];
			}),
		);
	});

	it('is told with the host that was meant', async () => {
		nock(PROBE_URL)
			.persist()
			.get('/v1/things')
			.replyWithError(Object.assign(new Error('expired'), { code: 'CERT_HAS_EXPIRED' }));

		const error = await errorOf(read());

		expect(error.message).toContain('probe.example');
		expect(error.message).toContain('certificate is not trusted');
		nock.cleanAll();
	});
});

describe('a write that could not be sent', () => {
	const write = async (maxRetries: number, baseUrl = `${PROBE_URL}/v1`) =>
		await runNode({
			...probe(async (context, itemIndex) => {
				await request(
					context,
					probeProvider,
					{
						endpoint: { name: 'make a thing', requestsPerMinute: 0 },
						method: 'POST',
						path: '/things',
						expects: 'nothing',
						resendable: false,
					},
					itemIndex,
				);
				return [];
			}),
			credentials: { probeApi: { baseUrl } },
			parameters: { options: { maxRetries } },
		});
	const things = () => nock(PROBE_URL).post('/v1/things');
	const refused = (code: string) => Object.assign(new Error(`connect ${code}`), { code });

	it('is not said to have perhaps arrived', async () => {
		things().replyWithError(refused('ECONNREFUSED'));

		const error = await errorOf(write(0));

		expect(error.message).toContain('at probe.example: the connection was refused');
		expect(error.description).toContain('The request to make a thing was not sent');
		expect(error.description).not.toContain('may have arrived');
	});

	it.each([...CERTIFICATE_CODES, 'EPROTO'])(
		'is not tried again for %s where nobody has answered yet',
		async (code) => {
			nock('https://new.example').post('/v1/things').replyWithError(refused(code));

			const error = await errorOf(write(5, 'https://new.example/v1'));

			expect(error.context).toMatchObject({ code, httpStatus: null });
		},
	);

	it.each(['CERT_HAS_EXPIRED', 'SELF_SIGNED_CERT_IN_CHAIN'])(
		'is told of %s in the end where the address has answered before',
		async (code) => {
			nock(PROBE_URL).get('/v1/things').reply(200, {});
			await read();
			nock(PROBE_URL).persist().post('/v1/things').replyWithError(refused(code));

			const error = await errorOf(write(5));

			expect(error.context).toMatchObject({ code, httpStatus: null });
			nock.cleanAll();
		},
	);

	it('is no success where a web page answers, even where nothing is expected', async () => {
		things().reply(200, '<html>Sign in</html>', { 'content-type': 'text/html' });

		const error = await errorOf(write(0));

		expect(error.message).toContain('Probe sent a web page to the request to make a thing');
	});
});
