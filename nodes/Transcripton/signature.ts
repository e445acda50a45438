import { messageFlaw, signatureFlaw } from '../shared/webhook/signature';
import type { SignatureFlaw } from '../shared/webhook/signature';
import type { Delivery } from '../shared/webhook/webhookReceiver';

/**
 * Checks a webhook as the Transcripton API reference has it: the key is the secret as text, the
 * message is the raw body, and the time of sending stands in the body.
 *
 * @param webhookSecrets what the dashboard shows now, and what it showed before
 * @returns why it is not believed; undefined where it is genuine
 */
export function webhookFlaw(
	webhookSecrets: readonly string[],
	{ rawBody, headers, isJson, body }: Delivery,
	toleranceSeconds: number,
): SignatureFlaw | undefined {
	const signed = {
		keys: webhookSecrets,
		message: rawBody,
		signature: headers['x-webhook-signature'],
	};
	// what is no JSON is no event either: its time cannot be read, and does not matter
	if (!isJson) return messageFlaw(signed);
	return signatureFlaw({ ...signed, timestamp: body.timestamp, toleranceSeconds });
}
