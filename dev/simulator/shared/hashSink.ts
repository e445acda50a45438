import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

/** What is kept of a body: never the bytes themselves. */
export interface ReceivedContent {
	/** Lowercase hex. */
	sha256: string;
	sizeBytes: number;
}

/**
 * Reads a body to its end, chunk by chunk, and keeps its hash and length.
 *
 * @param body the request's stream; throws what the stream throws when the sender goes away
 * @param options.bytesPerSecond slows the reading down to this rate; null reads as fast as it comes
 * @param options.stopAfterBytes returns once this many bytes came, with the rest unread
 */
export async function hashOf(
	body: Readable,
	options: { bytesPerSecond?: number | null; stopAfterBytes?: number } = {},
): Promise<ReceivedContent> {
	const { bytesPerSecond = null, stopAfterBytes = Infinity } = options;
	const hash = createHash('sha256');
	let sizeBytes = 0;
	for await (const chunk of body.iterator({ destroyOnReturn: false })) {
		const bytes = chunk as Buffer;
		hash.update(bytes);
		sizeBytes += bytes.length;
		if (sizeBytes >= stopAfterBytes) break;
		if (bytesPerSecond) await sleep((bytes.length / bytesPerSecond) * 1000);
	}
	return { sha256: hash.digest('hex'), sizeBytes };
}
