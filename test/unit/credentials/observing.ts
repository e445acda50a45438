import { createHash, createHmac, randomUUID } from 'node:crypto';

import nock from 'nock';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	INodeParameters,
	INodeType,
} from 'n8n-workflow';

import { DropboxUploadTrigger } from '../../../nodes/DropboxUpload/DropboxUploadTrigger.node';
import { MediaScribe } from '../../../nodes/MediaScribe/MediaScribe.node';
import { Scripe } from '../../../nodes/Scripe/Scripe.node';
import { Scriptivox } from '../../../nodes/Scriptivox/Scriptivox.node';
import { ScriptivoxTrigger } from '../../../nodes/Scriptivox/ScriptivoxTrigger.node';
import { Transcripton } from '../../../nodes/Transcripton/Transcripton.node';
import { TranscriptonTrigger } from '../../../nodes/Transcripton/TranscriptonTrigger.node';
import { Whipscribe } from '../../../nodes/Whipscribe/Whipscribe.node';
import { callWebhook, packCredentialTypes, runNode, START, testCredential } from '../harness';

/** Where the credentials of these tests lead. */
export const BASE_URL = 'http://vendor.example/api';

const NOW = START.getTime() / 1000;
const ID = '3f1e5a52-8a0f-4a3c-9a57-0d7e9b1c2f4d';
const IDENTITY_HEADERS = [
	'authorization',
	'scripe-api-version',
	'x-api-key',
	'x-guest-token',
	'x-user-email',
];

/** A credential type's fields in use: what is sent with them, and what is believed by them. */
export interface Use {
	/** A good value for every field of text. */
	credential: Record<string, string>;
	/** An action that sends one request, and a node that makes it. */
	action?: { node: INodeType; parameters: INodeParameters };
	/** A trigger with genuine deliveries, each with the field that holds its key. */
	deliveries?: { node: INodeType; body: string; headersFor: Record<string, IDataObject> };
	/** What n8n stores in the credential besides its fields. */
	stored?: ICredentialDataDecryptedObject;
}

const hmac = (key: string, message: string) =>
	createHmac('sha256', key).update(message).digest('hex');

const scriptivoxBody = JSON.stringify({ event: 'transcription.created', transcription_id: ID });
const scriptivoxHeaders = (apiKey: string) => ({
	'x-scriptivox-timestamp': String(NOW),
	'x-scriptivox-signature': hmac(
		createHash('sha256').update(apiKey).digest('hex'),
		`${NOW}.${scriptivoxBody}`,
	),
});
const transcriptonBody = JSON.stringify({
	event: 'job.other',
	data: { job_id: ID },
	timestamp: NOW,
});
const dropboxBody = JSON.stringify({ list_folder: { accounts: ['dbid:somebody-else'] } });

/** Every credential type of the pack. */
export const USES: Record<string, Use> = {
	scriptivoxApi: {
		credential: { apiKey: 'sk_live_1', previousApiKey: 'sk_live_0', baseUrl: BASE_URL },
		action: {
			node: new Scriptivox(),
			parameters: { resource: 'account', operation: 'getBalance' },
		},
		deliveries: {
			node: new ScriptivoxTrigger(),
			body: scriptivoxBody,
			headersFor: {
				apiKey: scriptivoxHeaders('sk_live_1'),
				previousApiKey: scriptivoxHeaders('sk_live_0'),
			},
		},
	},
	transcriptonApi: {
		credential: {
			apiKey: 'ts_1',
			webhookSecret: 'whsec_1',
			previousWebhookSecret: 'whsec_0',
			baseUrl: BASE_URL,
		},
		action: {
			node: new Transcripton(),
			parameters: { resource: 'job', operation: 'getMany' },
		},
		deliveries: {
			node: new TranscriptonTrigger(),
			body: transcriptonBody,
			headersFor: {
				webhookSecret: { 'x-webhook-signature': hmac('whsec_1', transcriptonBody) },
				previousWebhookSecret: { 'x-webhook-signature': hmac('whsec_0', transcriptonBody) },
			},
		},
	},
	whipscribeApi: {
		credential: {
			apiKey: 'whip_1',
			userEmail: 'ada@example.com',
			idToken: 'eyJ.1',
			guestToken: 'guest_1',
			baseUrl: BASE_URL,
		},
		action: { node: new Whipscribe(), parameters: { resource: 'account', operation: 'get' } },
	},
	scripeApi: {
		credential: { apiKey: 'scripe_sk_1', apiVersion: '2026-08-01', baseUrl: BASE_URL },
		action: { node: new Scripe(), parameters: { resource: 'workspace', operation: 'get' } },
	},
	mediaScribeApi: {
		credential: { baseUrl: BASE_URL, apiToken: 'token_1' },
		action: {
			node: new MediaScribe(),
			parameters: { resource: 'recording', operation: 'getStatus' },
		},
	},
	dropboxUploadOAuth2Api: {
		credential: { clientSecret: 'app_secret_1' },
		stored: { oauthTokenData: { access_token: 'sl.1', account_id: 'dbid:own' } },
		deliveries: {
			node: new DropboxUploadTrigger(),
			body: dropboxBody,
			headersFor: {
				clientSecret: { 'x-dropbox-signature': hmac('app_secret_1', dropboxBody) },
			},
		},
	},
};

/** All that shows what a credential is used for. */
export interface Observation {
	/** The requests of the action. */
	sent: unknown[];
	/** The requests of n8n's own test of the credential. */
	tested: unknown[];
	/** The action's error, which no reply of these tests can avoid. */
	error: Error | undefined;
	/** What the test says. */
	verdict: string;
	/** How each genuine delivery was answered. */
	answers: Array<number | null>;
}

/** Uses a credential for all that it is good for. */
export async function observe(
	typeName: string,
	credential: Record<string, string>,
): Promise<Observation> {
	const { action, deliveries, stored } = USES[typeName]!;
	const type = packCredentialTypes().find(({ name }) => name === typeName)!;
	const data = { ...stored, ...credential };
	const credentials = { [typeName]: data };
	let error: Error | undefined;
	const sent = await requestsOf(async () => {
		if (!action) return;
		await runNode({ ...action, credentials }).catch((caught: Error) => (error = caught));
	});
	let verdict = '';
	const tested = await requestsOf(async () => {
		// n8n tells by the token whether an OAuth2 credential is connected
		if (action) verdict = (await testCredential(type, data)).message;
	});
	const answers: Array<number | null> = [];
	for (const headers of Object.values(deliveries?.headersFor ?? {})) {
		const { status } = await callWebhook({
			node: deliveries!.node,
			credentials,
			nodeId: randomUUID(),
			body: Buffer.from(deliveries!.body),
			headers: headers as Record<string, string>,
		});
		answers.push(status);
	}
	return { sent, tested, error, verdict, answers };
}

async function requestsOf(work: () => Promise<unknown>): Promise<unknown[]> {
	const requests: unknown[] = [];
	nock(/./)
		.persist()
		.get(/.*/)
		.optionally()
		.reply(function (path) {
			const { headers } = this.req as unknown as { headers: Record<string, unknown> };
			const identity = IDENTITY_HEADERS.map((name) => [name, String(headers[name] ?? '')]);
			requests.push([String(headers.host), path, ...identity]);
			return [200, { of: 'nothing that a node knows' }];
		});
	await work();
	nock.cleanAll();
	return requests;
}
