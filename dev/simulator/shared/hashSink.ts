import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

/** What is kept of a body: never all of its bytes. */
export interface ReceivedContent {
	/** Lowercase hex. */
	sha256: string;
	sizeBytes: number;
	/** The first bytes, as many as were asked for; empty unless told. */
	firstBytes: Buffer;
}

/**
 * Reads a body to its end, chunk by chunk, and keeps its hash and length.
 *
 * @param body the request's stream; throws what the stream throws when the sender goes away
 * @param options.bytesPerSecond slows the reading down to this rate; null reads as fast as it comes
 * @param options.keepFirstBytes how many of the first bytes to keep, 0 unless told
 * @param options.stopAfterBytes returns once this many bytes came, with the rest unread
 */
export async function hashOf(
	body: Readable,
	options: {
		bytesPerSecond?: number | null;
		keepFirstBytes?: number;
		stopAfterBytes?: number;
	} = {},
): Promise<ReceivedContent> {
	const { bytesPerSecond = null, keepFirstBytes = 0, stopAfterBytes = Infinity } = options;
	const hash = createHash('sha256');
	let sizeBytes = 0;
	let firstBytes: Buffer = Buffer.alloc(0);
	for await (const chunk of body.iterator({ destroyOnReturn: false })) {
		const bytes = chunk as Buffer;
		hash.update(bytes);
		const missing = keepFirstBytes - firstBytes.length;
		if (missing > 0) firstBytes = Buffer.concat([firstBytes, bytes.subarray(0, missing)]);
		sizeBytes += bytes.length;
		if (sizeBytes >= stopAfterBytes) break;
		if (bytesPerSecond) await sleep((bytes.length / bytesPerSecond) * 1000);
	}
	return { sha256: hash.digest('hex'), sizeBytes, firstBytes };
}
