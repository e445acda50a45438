/** What was started and has to be ended, in reverse order, once. */
export class Cleanup {
	private readonly actions: Array<() => Promise<void>> = [];

	private ending: Promise<void> | undefined;

	/** Whether things are being ended, or were. */
	get hasBegun(): boolean {
		return this.ending !== undefined;
	}

	/** Adds something to end. */
	add(action: () => Promise<void>): void {
		this.actions.unshift(action);
	}

	/** Ends everything; a second call waits for the first. */
	async run(): Promise<void> {
		this.ending ??= this.runAll();
		await this.ending;
	}

	private async runAll(): Promise<void> {
		for (const action of this.actions) await action();
	}
}
