import { createHash } from 'node:crypto';
import { canonicalJson } from '../shared/canonicalJson';
import { Refusal } from './errors';

interface Entry {
	fingerprint: string;
	/** The first request's reply; null while that request is in flight. */
	reply: object | null;
}

/** Requests by their Idempotency-Key, as the Scriptivox API reference has it. */
export class IdempotencyKeys {
	private readonly entries = new Map<string, Entry>();

	/** How many requests were answered with an earlier one's reply. */
	replays = 0;

	/**
	 * Runs a request once for each key.
	 *
	 * @param key the header's value; undefined runs the request as it is
	 * @param body the parsed request body: the same key with another one is refused
	 * @param run the request's work; where it throws, its key is free again
	 * @returns the reply, and whether it is an earlier one's
	 * @throws INVALID_REQUEST, IDEMPOTENCY_KEY_CONFLICT, IDEMPOTENCY_KEY_LOCKED, and what `run` throws
	 */
	async once<Reply extends object>(
		key: string | undefined,
		body: unknown,
		run: () => Promise<Reply>,
	): Promise<{ reply: Reply; replayed: boolean }> {
		if (key === undefined) return { reply: await run(), replayed: false };
		if (key.length < 1 || key.length > 255) {
			throw new Refusal('INVALID_REQUEST', 'Idempotency-Key must have 1 to 255 characters');
		}
		const fingerprint = createHash('sha256').update(canonicalJson(body)).digest('hex');
		const first = this.entries.get(key);
		if (first) return { reply: this.replay(first, fingerprint) as Reply, replayed: true };
		const entry: Entry = { fingerprint, reply: null };
		this.entries.set(key, entry);
		try {
			const reply = await run();
			entry.reply = reply;
			return { reply, replayed: false };
		} catch (error) {
			this.entries.delete(key);
			throw error;
		}
	}

	/** Forgets every key. */
	reset(): void {
		this.entries.clear();
		this.replays = 0;
	}

	private replay(first: Entry, fingerprint: string): object {
		if (first.fingerprint !== fingerprint) {
			throw new Refusal(
				'IDEMPOTENCY_KEY_CONFLICT',
				'This Idempotency-Key was used with another request body',
			);
		}
		if (!first.reply) {
			throw new Refusal(
				'IDEMPOTENCY_KEY_LOCKED',
				'A request with this Idempotency-Key is still in flight',
			);
		}
		this.replays += 1;
		return first.reply;
	}
}
