import { Refusal } from './errors';

const KEY = /^[A-Za-z0-9_.:/-]{1,255}$/;

/** Submits by their API key and Idempotency-Key (Whipscribe API docs). */
export class SubmitKeys {
	/** How many submits were answered with an earlier one's job. */
	replays = 0;

	private readonly jobs = new Map<string, Promise<object>>();

	/**
	 * Runs a submit once for each key; what the body is plays no part, as nothing is documented.
	 *
	 * @param key the header's value; undefined runs the submit as it is
	 * @param run where it throws, its key is free again
	 * @throws BAD_IDEMPOTENCY_KEY, and what `run` throws
	 */
	async once<Reply extends object>(
		apiKey: string,
		key: string | undefined,
		run: () => Promise<Reply>,
	): Promise<{ reply: Reply; replayed: boolean }> {
		if (key === undefined) return { reply: await run(), replayed: false };
		if (!KEY.test(key)) {
			throw new Refusal('BAD_IDEMPOTENCY_KEY', 'Idempotency-Key may not hold that');
		}
		const name = `${apiKey} ${key}`;
		const first = this.jobs.get(name) as Promise<Reply> | undefined;
		if (first) {
			const reply = await first;
			this.replays += 1;
			return { reply, replayed: true };
		}
		const work = run();
		this.jobs.set(name, work);
		try {
			return { reply: await work, replayed: false };
		} catch (error) {
			this.jobs.delete(name);
			throw error;
		}
	}

	/** Forgets every key. */
	reset(): void {
		this.jobs.clear();
		this.replays = 0;
	}
}
