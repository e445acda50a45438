import { signatureFlaw } from '../shared/signature';
import type { SignatureFlaw } from '../shared/signature';
import type { Delivery } from '../shared/webhookReceiver';

/**
 * Checks a webhook as the Transcripton API reference has it: the key is the secret as text, the
 * message is the raw body, and the time of sending stands in the body.
 *
 * @param webhookSecrets what the dashboard shows now, and what it showed before
 * @returns why it is not believed; undefined where it is genuine
 */
export function webhookFlaw(
	webhookSecrets: readonly string[],
	{ rawBody, headers, body }: Delivery,
	toleranceSeconds: number,
): SignatureFlaw | undefined {
	return signatureFlaw({
		keys: webhookSecrets,
		message: rawBody,
		signature: headers['x-webhook-signature'],
		timestamp: body.timestamp,
		toleranceSeconds,
	});
}
