import type { IDataObject } from 'n8n-workflow';

import { ProcessMemory } from '../core/processMemory';
import { textsOf } from '../core/wireValues';

const MOST_REMEMBERED = 1000;

/** Longer than providers repeat a delivery; what is older is in the static data for long. */
const IDLE_DAYS = 7;

// by trigger; n8n stores static data only after a webhook has ended, this closes the gap until then
const inThisProcess = new ProcessMemory<string[]>(IDLE_DAYS);

/**
 * The last 1,000 deliveries of a trigger, across restarts.
 *
 * n8n loads the static data for each webhook and writes it back whole, so of several at once the
 * last one would write over the others. What is written is therefore the union of what was stored
 * and what this process knows, the first delivered first.
 */
export class DeliveryMemory {
	/**
	 * @param staticData the node's static data, as n8n loaded it for this webhook
	 * @param trigger which node of which workflow it is
	 */
	constructor(
		private readonly staticData: IDataObject,
		private readonly trigger: string,
	) {
		// before anything else waits: what another process stored is known from here on
		this.remember(this.known());
	}

	/**
	 * Whether a delivery is new; it is not from here on.
	 *
	 * @param delivery what makes it the same as another
	 */
	isNew(delivery: string): boolean {
		const known = this.known();
		if (known.includes(delivery)) return false;
		this.remember([...known, delivery]);
		this.store();
		return true;
	}

	/** Gives n8n all that is known, to be stored: at the very end, for what came in the meantime. */
	store(): void {
		this.staticData.deliveries = [...this.known()];
	}

	/** Lets a delivery be new again, where nothing came of it. */
	forget(delivery: string): void {
		const kept = this.known().filter((known) => known !== delivery);
		this.remember(kept);
		this.staticData.deliveries = kept;
	}

	private known(): string[] {
		const inProcess = inThisProcess.get(this.trigger) ?? [];
		const known = new Set(inProcess);
		const stored = textsOf(this.staticData.deliveries).filter((delivery) => !known.has(delivery));
		return [...stored, ...inProcess].slice(-MOST_REMEMBERED);
	}

	private remember(deliveries: string[]): void {
		inThisProcess.set(this.trigger, deliveries.slice(-MOST_REMEMBERED));
	}
}
