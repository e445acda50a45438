import { createHash } from 'crypto';
import type { IDataObject } from 'n8n-workflow';

import { signatureFlaw } from '../shared/webhook/signature';
import type { ReadKeys, SignatureFlaw } from '../shared/webhook/signature';

/**
 * Checks a webhook as the Scriptivox API reference has it: the key is the lower-case hex text of
 * SHA-256 over the API key, the message is the timestamp, a full stop and the raw body.
 *
 * @param readApiKeys gives the present key, and the one before it; empty where there is none
 * @param rawBody the body as received, never re-serialised
 * @param headers with lower-case names
 * @returns why it is not believed; undefined where it is genuine
 */
export async function webhookFlaw(
	readApiKeys: ReadKeys,
	rawBody: Buffer,
	headers: IDataObject,
	toleranceSeconds: number,
): Promise<SignatureFlaw | undefined> {
	const timestamp = headers['x-scriptivox-timestamp'];
	return await signatureFlaw({
		readKeys: async () => (await readApiKeys()).filter((key) => key !== '').map(keyOf),
		message: Buffer.concat([Buffer.from(`${String(timestamp)}.`), rawBody]),
		signature: headers['x-scriptivox-signature'],
		time: { timestamp, toleranceSeconds },
	});
}

function keyOf(apiKey: string): string {
	return createHash('sha256').update(apiKey).digest('hex');
}
