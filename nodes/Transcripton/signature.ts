import { signatureFlaw } from '../shared/signature';
import type { SignatureFlaw } from '../shared/signature';
import type { Delivery } from '../shared/webhookReceiver';

/**
 * Checks a webhook as the Transcripton API reference has it: the key is the secret as text, the
 * message is the raw body, and the time of sending stands in the body.
 *
 * @param webhookSecret the secret that the dashboard shows
 * @returns why it is not believed; undefined where it is genuine
 */
export function webhookFlaw(
	webhookSecret: string,
	{ rawBody, headers, body }: Delivery,
	toleranceSeconds: number,
): SignatureFlaw | undefined {
	return signatureFlaw({
		key: webhookSecret,
		message: rawBody,
		signature: headers['x-webhook-signature'],
		timestamp: body.timestamp,
		toleranceSeconds,
	});
}
