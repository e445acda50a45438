import { randomUUID } from 'node:crypto';

import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

type Deliveries = typeof import('../../../../nodes/shared/webhook/deliveryMemory');

/** The module as a process has it that has just started. */
function started(): Deliveries {
	let loaded: Deliveries | undefined;
	jest.isolateModules(() => {
		loaded = jest.requireActual<Deliveries>('../../../../nodes/shared/webhook/deliveryMemory');
	});
	return loaded!;
}

/** What happens to a trigger: several deliveries at once, or a restart of n8n. */
const happening = fc.oneof(
	{
		weight: 4,
		arbitrary: fc.array(fc.constantFrom(...'abcdefghij'), { minLength: 1, maxLength: 6 }),
	},
	{ weight: 1, arbitrary: fc.constant('restart' as const) },
);

describe('the memory of deliveries, whatever comes when', () => {
	it('takes each for new once: several at once, stored in any order, and across restarts', () => {
		fc.assert(
			fc.property(fc.array(happening, { maxLength: 12 }), fc.nat(), (happenings, order) => {
				const trigger = randomUUID();
				let { DeliveryMemory } = started();
				let stored: IDataObject = {};
				const emitted: string[] = [];
				for (const at of happenings) {
					if (at === 'restart') {
						({ DeliveryMemory } = started());
						continue;
					}
					// n8n loads the static data for each of them, and writes it back whole
					const webhooks = at.map((delivery) => {
						const staticData = structuredClone(stored);
						return { delivery, staticData, memory: new DeliveryMemory(staticData, trigger) };
					});
					for (const { delivery, memory } of webhooks) {
						if (memory.isNew(delivery)) emitted.push(delivery);
					}
					const turn = order % webhooks.length;
					for (const webhook of [...webhooks.slice(turn), ...webhooks.slice(0, turn)]) {
						webhook.memory.store();
						stored = structuredClone(webhook.staticData);
					}
				}
				const delivered = happenings.flatMap((at) => (at === 'restart' ? [] : at));
				expect(emitted).toEqual([...new Set(delivered)]);
			}),
			{ numRuns: 50 },
		);
	});

	it('knows the last thousand, and no more', () => {
		const { DeliveryMemory } = started();
		fc.assert(
			fc.property(fc.integer({ min: 1001, max: 1300 }), (count) => {
				const staticData: IDataObject = {};
				const memory = new DeliveryMemory(staticData, randomUUID());
				for (let number = 0; number < count; number++) memory.isNew(`delivery ${number}`);
				memory.store();

				expect(staticData.deliveries).toHaveLength(1000);
				expect(memory.isNew(`delivery ${count - 1000}`)).toBe(false);
				expect(memory.isNew(`delivery ${count - 1001}`)).toBe(true);
			}),
			{ numRuns: 5 },
		);
	});
});
