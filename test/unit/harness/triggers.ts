import { randomUUID } from 'node:crypto';

import type { IDataObject, INodeExecutionData, INodeParameters, INodeType } from 'n8n-workflow';

import { UUID } from '../../everyOperation/operations';
import { credentialData, secretsOf } from '../../everyOperation/secrets';
import type { Recorder } from '../../everyOperation/recorder';
import { openssl, signed } from '../scriptivox/signing';
import { callWebhook, pollNode, START } from '.';
import type { CredentialValues, Poll, WebhookAnswer } from '.';

/** The providers whose triggers ask for jobs, by their node's name. */
export const POLLED = ['whipscribe', 'scripe', 'mediaScribe'];

/** The providers whose triggers are called, and then ask for the job, by their node's name. */
export const CALLED = ['scriptivox', 'transcripton'];

/** What is entered into a provider's credential for an account of the recorder, as n8n has it. */
export function credentialsOf(
	provider: string,
	account: string,
	recorder: Recorder,
): CredentialValues {
	return { [`${provider}Api`]: credentialData(provider, account, recorder) };
}

/**
 * A polling trigger on whatever ends, unless told otherwise, which remembers what it has seen.
 *
 * @returns lets it look once; `manual` as somebody who tests in the editor
 */
export function pollingTrigger(
	trigger: Pick<Poll, 'node' | 'credentials' | 'parameters'>,
): (mode: Poll['mode']) => Promise<INodeExecutionData[] | null> {
	const staticData: IDataObject = { nothing: 'yet' };
	return async (mode) =>
		await pollNode({ parameters: { events: [] }, ...trigger, staticData, mode });
}

/** Delivers an event about a job that has ended, as its provider signs it. */
export async function deliverEvent(
	provider: string,
	account: string,
	trigger: { node: INodeType; credentials: CredentialValues; parameters?: INodeParameters },
): Promise<WebhookAnswer> {
	const isScriptivox = provider === 'scriptivox';
	const body = Buffer.from(
		JSON.stringify({
			event: isScriptivox ? 'transcription.completed' : 'job.done',
			transcription_id: UUID,
			data: { job_id: UUID, status: 'done' },
			timestamp: START.getTime() / 1000,
		}),
	);
	const [key, webhookSecret] = secretsOf(provider, account).map(({ value }) => value);
	const headers = isScriptivox
		? signed(body, undefined, key)
		: { 'X-Webhook-Signature': openssl(body, '-hmac', webhookSecret!) };
	const nodeId = `${provider} ${account} ${randomUUID()}`;
	return await callWebhook({ ...trigger, body, headers, nodeId });
}
