/** A sliding log of requests: at most `limit` of them in any window, counted apart for each name. */
export class RateLimiter {
	private readonly taken = new Map<string, number[]>();

	private readonly peaks = new Map<string, number>();

	/**
	 * Takes one place in the window, or says how long to wait for one. A refused request takes none.
	 *
	 * @param name what is limited, e.g. `<key> POST /upload`
	 * @param limit places in a window
	 * @param windowSeconds length of the window
	 * @returns null when there was a place, else whole seconds (at least 1) until there is one
	 */
	take(name: string, limit: number, windowSeconds: number): number | null {
		const now = performance.now();
		const windowStart = now - windowSeconds * 1000;
		const times = this.taken.get(name) ?? [];
		while ((times[0] ?? Infinity) <= windowStart) times.shift();
		this.taken.set(name, times);
		if (times.length >= limit) {
			const oldest = times[0] ?? now;
			return Math.max(1, Math.ceil((oldest - windowStart) / 1000));
		}
		times.push(now);
		this.peaks.set(name, Math.max(this.peaks.get(name) ?? 0, times.length));
		return null;
	}

	/** The most requests that any window held, by name. */
	peakInWindow(): Record<string, number> {
		return Object.fromEntries(this.peaks);
	}

	/** Forgets every request. */
	reset(): void {
		this.taken.clear();
		this.peaks.clear();
	}
}
