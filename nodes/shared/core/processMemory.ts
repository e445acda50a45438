/** For what a later run needs, however seldom a schedule makes it. */
export const LONGEST_IDLE_DAYS = 40;

const DAY_MILLISECONDS = 24 * 60 * 60_000;

/**
 * What this process remembers, by trigger. Nobody tells a node in every process that its workflow was
 * deactivated or deleted, so what nobody has asked for in a while is forgotten.
 */
export class ProcessMemory<Value> {
	// the one that was used longest ago comes first
	private readonly kept = new Map<string, { value: Value; usedAt: number }>();

	/** @param idleDays how long something is kept that nobody uses */
	constructor(private readonly idleDays: number) {}

	/** What is remembered; undefined where that is nothing. */
	get(trigger: string): Value | undefined {
		this.forgetIdle();
		const found = this.kept.get(trigger);
		if (found) this.set(trigger, found.value);
		return found?.value;
	}

	/** Remembers something, in place of what was before. */
	set(trigger: string, value: Value): void {
		this.forgetIdle();
		this.kept.delete(trigger);
		this.kept.set(trigger, { value, usedAt: Date.now() });
	}

	/** Whether something is remembered. */
	has(trigger: string): boolean {
		return this.get(trigger) !== undefined;
	}

	/** Forgets what is remembered. */
	delete(trigger: string): void {
		this.kept.delete(trigger);
	}

	/** How many triggers something is remembered of. */
	get size(): number {
		return this.kept.size;
	}

	private forgetIdle(): void {
		const longAgo = Date.now() - this.idleDays * DAY_MILLISECONDS;
		for (const [trigger, { usedAt }] of this.kept) {
			if (usedAt >= longAgo) return;
			this.kept.delete(trigger);
		}
	}
}
