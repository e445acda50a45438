import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { authenticated } from '../shared/http/authentication';
import { trimmedTexts } from '../shared/core/credentialText';
import { providerWords } from '../shared/core/errors';
import { safeText } from '../shared/core/safeText';
import { objectOf, textsOf } from '../shared/core/wireValues';
import { IDENTITY } from './identity';
import { whipscribe } from './provider';

const TIME_LIMIT_MILLISECONDS = 60_000;

interface Reply {
	statusCode: number;
	body: unknown;
}

/**
 * Tests a credential by the list of jobs, which takes a right key: Whipscribe answers `/me` to
 * anybody. A function, because n8n's declared rules fail on an empty list.
 */
export async function whipscribeApiTest(
	this: ICredentialTestFunctions,
	{ data = {} }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const credential = trimmedTexts(data);
	try {
		return verdictOn(await listOneJob(this, credential), credential);
	} catch (error) {
		return failed(safeText((error as Error).message, secretsIn(credential)));
	}
}

async function listOneJob(
	{ helpers }: ICredentialTestFunctions,
	credential: ICredentialDataDecryptedObject,
): Promise<Reply> {
	const call = { baseURL: '', url: '/jobs' };
	const { baseURL, headers } = authenticated(whipscribe.name, IDENTITY, credential, call);
	return (await helpers.request({
		method: 'GET',
		uri: `${baseURL}${call.url}`,
		qs: { limit: 1 },
		headers,
		json: true,
		timeout: TIME_LIMIT_MILLISECONDS,
		// a redirect would carry the key to another host
		followRedirect: false,
		simple: false,
		resolveWithFullResponse: true,
	})) as Reply;
}

function verdictOn(
	{ statusCode, body }: Reply,
	credential: ICredentialDataDecryptedObject,
): INodeCredentialTestResult {
	if (statusCode < 200 || statusCode >= 300) {
		const said = whipscribe.readError(body);
		const words = said && providerWords(said, secretsIn(credential));
		return failed(`Whipscribe refuses this credential: ${words || `HTTP ${statusCode}`}`);
	}
	// the vendor's reference shows a bare list, its service answers an object
	const isList = Array.isArray(body) || Array.isArray(objectOf(body).jobs);
	if (!isList) return failed('The Base URL does not lead to Whipscribe’s API');
	return { status: 'OK', message: 'Connection successful!' };
}

function secretsIn(credential: ICredentialDataDecryptedObject): string[] {
	const secrets = whipscribe.secretFields.map((field) => credential[field]);
	return textsOf(secrets).filter((secret) => secret !== '');
}

function failed(message: string): INodeCredentialTestResult {
	return { status: 'Error', message };
}
