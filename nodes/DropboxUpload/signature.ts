import { signatureFlaw } from '../shared/webhook/signature';
import type { ReadKeys, SignatureFlaw } from '../shared/webhook/signature';
import type { Delivery } from '../shared/webhook/webhookReceiver';

/**
 * Checks a notification as Dropbox's webhooks guide has it: HMAC-SHA256 over the raw body, with the
 * app secret as the key. Dropbox signs no time; a notification that is played back makes the trigger
 * look once more, and nothing else.
 *
 * @returns why it is not believed; undefined where it is genuine
 */
export async function notificationFlaw(
	readAppSecret: ReadKeys,
	{ rawBody, headers }: Delivery,
): Promise<SignatureFlaw | undefined> {
	return await signatureFlaw({
		readKeys: readAppSecret,
		message: rawBody,
		signature: headers['x-dropbox-signature'],
	});
}
