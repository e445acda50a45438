import { createHash } from 'crypto';
import type { IDataObject } from 'n8n-workflow';

import { signatureFlaw } from '../shared/webhook/signature';
import type { SignatureFlaw } from '../shared/webhook/signature';

/**
 * Checks a webhook as the Scriptivox API reference has it: the key is the lower-case hex text of
 * SHA-256 over the API key, the message is the timestamp, a full stop and the raw body.
 *
 * @param apiKeys the present key, and the one before it; empty where there is none
 * @param rawBody the body as received, never re-serialised
 * @param headers with lower-case names
 * @returns why it is not believed; undefined where it is genuine
 */
export function webhookFlaw(
	apiKeys: readonly string[],
	rawBody: Buffer,
	headers: IDataObject,
	toleranceSeconds: number,
): SignatureFlaw | undefined {
	const timestamp = headers['x-scriptivox-timestamp'];
	return signatureFlaw({
		keys: apiKeys.filter((key) => key !== '').map(keyOf),
		message: Buffer.concat([Buffer.from(`${String(timestamp)}.`), rawBody]),
		signature: headers['x-scriptivox-signature'],
		timestamp,
		toleranceSeconds,
	});
}

function keyOf(apiKey: string): string {
	return createHash('sha256').update(apiKey).digest('hex');
}
