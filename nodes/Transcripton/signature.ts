import { signatureFlaw } from '../shared/webhook/signature';
import type { ReadKeys, SignatureFlaw } from '../shared/webhook/signature';
import type { Delivery } from '../shared/webhook/webhookReceiver';

/**
 * Checks a webhook as the Transcripton API reference has it: the key is the secret as text, the
 * message is the raw body, and the time of sending stands in the body.
 *
 * @param readWebhookSecrets gives what the dashboard shows now, and what it showed before
 * @returns why it is not believed; undefined where it is genuine
 */
export async function webhookFlaw(
	readWebhookSecrets: ReadKeys,
	{ rawBody, headers, isJson, body }: Delivery,
	toleranceSeconds: number,
): Promise<SignatureFlaw | undefined> {
	return await signatureFlaw({
		readKeys: readWebhookSecrets,
		message: rawBody,
		signature: headers['x-webhook-signature'],
		// what is no JSON is no event either: its time cannot be read, and does not matter
		time: isJson ? { timestamp: body.timestamp, toleranceSeconds } : undefined,
	});
}
