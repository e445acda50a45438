import type { IHookFunctions } from 'n8n-workflow';

import { credentialOf } from '../shared/core/credential';
import { inputError } from '../shared/core/errors';
import { transcripton } from './provider';

/**
 * Sees to it that a trigger is not activated when it could only reject what comes.
 *
 * @throws NodeOperationError where the credential has no webhook secret
 */
export async function requireWebhookSecret(context: IHookFunctions): Promise<void> {
	const { webhookSecret } = await credentialOf(context, transcripton);
	if (webhookSecret) return;
	throw inputError(context.getNode(), 'The Transcripton credential has no webhook secret', {
		description:
			'Open the credential and enter the secret that the dashboard shows under Settings, Webhooks.',
	});
}
