import { createHash } from 'node:crypto';
import { canonicalJson } from '../shared/canonicalJson';
import { Refusal } from './errors';

const KEY = /^[A-Za-z0-9_-]{1,64}$/;

interface Entry {
	fingerprint: string;
	reply: Promise<object>;
}

/** Writes by route and Idempotency-Key, as the Scripe API guide has it. */
export class IdempotencyKeys {
	/** How many writes were answered with an earlier one's reply. */
	replays = 0;

	/** How many writes came with a key that is malformed, and so was left out of account. */
	malformed = 0;

	/** How many writes came without any key. */
	absent = 0;

	private readonly entries = new Map<string, Entry>();

	/**
	 * Runs a write once for each key.
	 *
	 * @param key the header's value; a malformed one is left out of account
	 * @param run the write's work; where it throws, its key is free again
	 * @returns the reply, and whether it is an earlier one's; null without a good key
	 * @throws idempotency_key_conflict, and what `run` throws
	 */
	async once(
		route: string,
		key: string | undefined,
		body: unknown,
		run: () => Promise<object>,
	): Promise<{ reply: object; replayed: boolean | null }> {
		if (key === undefined) this.absent += 1;
		else if (!KEY.test(key)) this.malformed += 1;
		if (key === undefined || !KEY.test(key)) return { reply: await run(), replayed: null };
		const name = `${route} ${key}`;
		const fingerprint = createHash('sha256')
			.update(canonicalJson(body) ?? '')
			.digest('hex');
		const first = this.entries.get(name);
		if (first) {
			if (first.fingerprint !== fingerprint) {
				throw new Refusal('idempotency_key_conflict', 'This key came with another body before');
			}
			const reply = await first.reply;
			this.replays += 1;
			return { reply, replayed: true };
		}
		const reply = run();
		this.entries.set(name, { fingerprint, reply });
		try {
			return { reply: await reply, replayed: false };
		} catch (error) {
			this.entries.delete(name);
			throw error;
		}
	}

	/** Forgets every key. */
	reset(): void {
		this.entries.clear();
		this.replays = 0;
		this.malformed = 0;
		this.absent = 0;
	}
}
