import type { IDataObject } from 'n8n-workflow';

const MOST_REMEMBERED = 1000;

// static data is stored only after the webhook ended: this closes the gap for deliveries in parallel
const inThisProcess = new Map<string, Set<string>>();

function remember(known: Set<string>, id: string): void {
	known.add(id);
	const oldest = known.values().next();
	if (known.size > MOST_REMEMBERED && !oldest.done) known.delete(oldest.value);
}

/**
 * Whether a delivery is new to a trigger; remembers it, with the 1,000 before it, across restarts.
 *
 * @param staticData the node's static data
 * @param trigger which node of which workflow it is
 * @param delivery what makes a delivery the same as another
 */
export function isNewDelivery(staticData: IDataObject, trigger: string, delivery: string): boolean {
	const known = inThisProcess.get(trigger) ?? new Set<string>();
	inThisProcess.set(trigger, known);
	const stored = Array.isArray(staticData.deliveries) ? (staticData.deliveries as string[]) : [];
	if (known.has(delivery) || stored.includes(delivery)) return false;
	remember(known, delivery);
	staticData.deliveries = [...stored, delivery].slice(-MOST_REMEMBERED);
	return true;
}
