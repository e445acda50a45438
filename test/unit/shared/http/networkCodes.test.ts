import nock from 'nock';

import type { ApiCall } from '../../../../nodes/shared/http/apiCall';
import {
	CERTIFICATE_CODES,
	NO_CONNECTION,
	NO_ENCRYPTION_CODES,
	NO_HTTPS_CODES,
} from '../../../../nodes/shared/http/connection';
import { putFile } from '../../../../nodes/shared/http/presignedUpload';
import type { Provider } from '../../../../nodes/shared/core/provider';
import { request } from '../../../../nodes/shared/http/request';
import { withRetries } from '../../../../nodes/shared/core/retry';
import { uploadFileOf } from '../../../../nodes/shared/files/upload';
import { credentials as dropboxCredentials } from '../../dropboxUpload/support';
import { binaryItem, errorOf, runNode } from '../../harness';
import type { CredentialValues } from '../../harness';
import { probe } from '../probe';
import * as providers from '../providers';

const RETRIES = 2;

/** Codes of a line that broke: the request may have arrived. */
const LOST = [
	'ECONNABORTED',
	'ECONNRESET',
	'ENETRESET',
	'EPIPE',
	'ERR_BAD_RESPONSE',
	'ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC',
	'ERR_STREAM_PREMATURE_CLOSE',
	'ESOCKETTIMEDOUT',
	'ETIMEDOUT',
	'HPE_INVALID_CONSTANT',
	'UND_ERR_BODY_TIMEOUT',
	'UND_ERR_HEADERS_TIMEOUT',
	'UND_ERR_SOCKET',
];

/** What is to be done about a code, and whether the request is sent again whatever it is. */
type Remedy =
	| 'try again'
	| 'try again, it never left'
	| 'look at the address'
	| 'look at the certificate';

const TABLE: Array<[code: string, remedy: Remedy]> = [
	...LOST.map((code) => [code, 'try again'] as [string, Remedy]),
	...Object.keys(NO_CONNECTION).map(
		(code) => [code, 'try again, it never left'] as [string, Remedy],
	),
	...[...NO_HTTPS_CODES, ...NO_ENCRYPTION_CODES].map(
		(code) => [code, 'look at the address'] as [string, Remedy],
	),
	...CERTIFICATE_CODES.map((code) => [code, 'look at the certificate'] as [string, Remedy]),
];

const CREDENTIALS: Record<string, () => CredentialValues> = {
	scriptivox: () => ({ scriptivoxApi: { apiKey: 'sk_live_unit_0123456789abcdef' } }),
	whipscribe: () => ({ whipscribeApi: { apiKey: 'whip_unit_0123456789abcdef' } }),
	transcripton: () => ({ transcriptonApi: { apiKey: 'ts_unit_0123456789abcdef' } }),
	scripe: () => ({ scripeApi: { apiKey: 'scripe_sk_live_unit_0123456789abcdef' } }),
	mediaScribe: () => ({
		mediaScribeApi: { apiToken: 'token', baseUrl: 'https://appliance.example:8080' },
	}),
	dropbox: dropboxCredentials,
};

/** Lets every request to anywhere end with a code, and counts them. */
function failing(code: string) {
	const seen = { requests: 0 };
	const failure = Object.assign(new Error(`the line said ${code}`), { code });
	nock(/.*/)
		.persist()
		.intercept(/.*/, 'POST')
		.optionally()
		.replyWithError(failure)
		.intercept(/.*/, 'PUT')
		.optionally()
		.replyWithError(failure)
		.on('request', () => seen.requests++);
	return seen;
}

afterEach(() => nock.cleanAll());

async function call(provider: Provider, credentials: CredentialValues, resendable: boolean) {
	const write: ApiCall = {
		endpoint: { name: 'make a thing', requestsPerMinute: 0 },
		method: 'POST',
		path: '/things',
		expects: 'json',
		resendable,
	};
	const { node } = probe(async (context, itemIndex) => {
		await request(context, provider, write, itemIndex);
		return [];
	});
	node.description.credentials = [{ name: provider.credentialType, required: true }];
	return await errorOf(
		runNode({ node, credentials, parameters: { options: { maxRetries: RETRIES } } }),
	);
}

describe.each(Object.keys(CREDENTIALS))('a connection to %s that fails', (name) => {
	const provider = providers[name as keyof typeof providers];
	const place =
		name === 'dropbox' ? 'api.dropboxapi.com' : name === 'mediaScribe' ? '' : 'Base URL';

	it.each(TABLE)('with %s asks to %s', async (code, remedy) => {
		const again = failing(code);
		const keyed = await call(provider, CREDENTIALS[name]!(), true);
		nock.cleanAll();
		const once = failing(code);
		const unkeyed = await call(provider, CREDENTIALS[name]!(), false);

		for (const error of [keyed, unkeyed]) {
			expect(error.context).toMatchObject({ code, httpStatus: null });
			expect(error.description).toContain(`(${code})`);
			expect(error.description).not.toContain('connect it to Dropbox again');
		}
		const isLost = remedy === 'try again';
		const mayPass = isLost || remedy === 'try again, it never left';
		expect(again.requests).toBe(mayPass ? RETRIES + 1 : 1);
		expect(once.requests).toBe(remedy === 'try again, it never left' ? RETRIES + 1 : 1);
		expect(String(unkeyed.description).includes('may have arrived')).toBe(isLost);
		expect(unkeyed.message.includes('cannot be reached at')).toBe(!isLost);
		if (remedy === 'look at the certificate') expect(keyed.description).toMatch(/certificate/);
		if (remedy === 'look at the address') expect(keyed.description).toContain(place);
	});
});

describe('a presigned upload that fails', () => {
	it.each(TABLE)('with %s asks to %s', async (code, remedy) => {
		const seen = failing(code);

		const error = await errorOf(
			runNode({
				...probe(async (context, itemIndex) => {
					const file = await uploadFileOf(context, itemIndex, 'data');
					await withRetries(async (tries) => {
						const target = {
							url: 'https://storage.example/put?token=x',
							contentType: 'audio/mpeg',
						};
						await putFile(context, itemIndex, file, target, tries);
					}, RETRIES);
					return [];
				}),
				items: [await binaryItem(Buffer.from('sound'))],
			}),
		);

		const mayPass = remedy.startsWith('try again');
		expect(seen.requests).toBe(mayPass ? RETRIES + 1 : 1);
		expect(error.message).toContain(`the line said ${code} (${code})`);
		expect(error.message.includes('the connection was lost')).toBe(remedy === 'try again');
		expect(error.description).toContain('Nothing was charged');
		if (remedy === 'look at the certificate') expect(error.description).toMatch(/certificate/);
	});
});
