import { callWebhook, packNodes, START } from '../../harness';
import { UnitCredentialsHelper } from '../../harness/credentials';

const NOW = START.getTime() / 1000;
const SIGNATURE = '0'.repeat(64);
const nodes = Object.fromEntries(packNodes().map((node) => [node.description.name, node]));

const credentials = {
	scriptivoxTrigger: { scriptivoxApi: { apiKey: 'sk_live_key' } },
	transcriptonTrigger: { transcriptonApi: { apiKey: 'key', webhookSecret: 'secret' } },
	dropboxUploadTrigger: { dropboxUploadOAuth2Api: { clientSecret: 'secret' } },
};

type Trigger = keyof typeof credentials;

async function statusOf(trigger: Trigger, headers: Record<string, string>, body: object) {
	const answer = await callWebhook({
		node: nodes[trigger]!,
		credentials: credentials[trigger],
		parameters: trigger === 'dropboxUploadTrigger' ? { receive: 'webhook' } : {},
		body: Buffer.from(JSON.stringify(body)),
		headers,
	});
	return answer.status;
}

/** Signature and time of Scriptivox's webhooks. */
const scriptivox = (signature: string, timestamp: number | string) => ({
	'X-Scriptivox-Signature': signature,
	'X-Scriptivox-Timestamp': String(timestamp),
});
const transcripton = { 'X-Webhook-Signature': SIGNATURE };

let reading: jest.SpyInstance;

beforeEach(() => {
	jest.setSystemTime(START);
	reading = jest.spyOn(UnitCredentialsHelper.prototype, 'getDecrypted');
});

afterEach(() => jest.restoreAllMocks());

describe('a webhook that is flawed whatever the key is', () => {
	it.each<[string, Trigger, Record<string, string>, object]>([
		['without a signature', 'scriptivoxTrigger', {}, {}],
		['with an empty signature', 'scriptivoxTrigger', scriptivox(' , ', NOW), {}],
		['with a time that is none', 'scriptivoxTrigger', scriptivox(SIGNATURE, 'now'), {}],
		['that is too old', 'scriptivoxTrigger', scriptivox(SIGNATURE, NOW - 301), {}],
		['from the future', 'scriptivoxTrigger', scriptivox(SIGNATURE, NOW + 301), {}],
		['without a signature', 'transcriptonTrigger', {}, { timestamp: NOW }],
		['without a time', 'transcriptonTrigger', transcripton, {}],
		['that is too old', 'transcriptonTrigger', transcripton, { timestamp: NOW - 6 * 3600 - 1 }],
		['without a signature', 'dropboxUploadTrigger', {}, { list_folder: { accounts: [] } }],
	])('%s is rejected before the credential is read: %s', async (_flaw, trigger, headers, body) => {
		expect(await statusOf(trigger, headers, body)).toBe(401);
		expect(reading).not.toHaveBeenCalled();
	});

	it.each<[Trigger, Record<string, string>, object]>([
		['scriptivoxTrigger', scriptivox(SIGNATURE, NOW), {}],
		['transcriptonTrigger', transcripton, { timestamp: NOW }],
		['dropboxUploadTrigger', { 'X-Dropbox-Signature': SIGNATURE }, {}],
	])('is told from one whose key decides: %s', async (trigger, headers, body) => {
		expect(await statusOf(trigger, headers, body)).toBe(401);
		expect(reading).toHaveBeenCalled();
	});
});
