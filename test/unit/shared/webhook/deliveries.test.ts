import { randomUUID } from 'node:crypto';

import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { DeliveryMemory } from '../../../../nodes/shared/webhook/deliveryMemory';

/** n8n around one trigger: static data is loaded for each webhook, and written back whole. */
class StoredWorkflow {
	stored: IDataObject = {};

	trigger = randomUUID();

	/** A webhook that has begun: what it loaded is its own copy. */
	begin() {
		const staticData = structuredClone(this.stored);
		return { staticData, memory: new DeliveryMemory(staticData, this.trigger) };
	}

	/** What n8n does when a webhook has ended. */
	save(staticData: IDataObject): void {
		this.stored = structuredClone(staticData);
	}

	/** A delivery from its beginning to its end; the output is made in between. */
	async deliver(id: string, output: () => Promise<void> = async () => {}): Promise<boolean> {
		const { staticData, memory } = this.begin();
		if (!memory.isNew(id)) return false;
		await output();
		memory.store();
		this.save(staticData);
		return true;
	}

	/** A process knows nothing but what was stored. */
	restart(): void {
		this.trigger = randomUUID();
	}
}

const numbered = (count: number) => Array.from({ length: count }, (_, number) => `job${number}`);

describe('the memory of deliveries', () => {
	it('knows a delivery again', async () => {
		const workflow = new StoredWorkflow();

		expect(await workflow.deliver('job1 completed')).toBe(true);
		expect(await workflow.deliver('job1 completed')).toBe(false);
		expect(await workflow.deliver('job1 failed')).toBe(true);
	});

	it('knows it again after a restart, from what n8n stored', async () => {
		const workflow = new StoredWorkflow();
		await workflow.deliver('job1 completed');
		workflow.restart();

		expect(await workflow.deliver('job1 completed')).toBe(false);
	});

	it('knows it again while n8n has not stored anything yet', () => {
		const workflow = new StoredWorkflow();

		expect(workflow.begin().memory.isNew('job1')).toBe(true);
		expect(workflow.begin().memory.isNew('job1')).toBe(false);
	});

	it('keeps the triggers apart', async () => {
		const one = new StoredWorkflow();
		const other = new StoredWorkflow();

		expect([await one.deliver('job1'), await other.deliver('job1')]).toEqual([true, true]);
	});

	it('loses none of those that come at once, in whatever order they end', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.scheduler(),
				fc.integer({ min: 2, max: 30 }),
				async (scheduler, count) => {
					const workflow = new StoredWorkflow();
					const ids = numbered(count);
					const delivered = ids.map(async (id) => {
						await scheduler.schedule(Promise.resolve(), `arrival of ${id}`);
						return await workflow.deliver(id, async () => {
							await scheduler.schedule(Promise.resolve(), `transcript of ${id}`);
						});
					});
					await scheduler.waitAll();
					expect(await Promise.all(delivered)).toEqual(ids.map(() => true));
					workflow.restart();

					for (const id of ids) expect(await workflow.deliver(id)).toBe(false);
				},
			),
			{ numRuns: 100 },
		);
	});

	it('loses none to a webhook that loaded before the others and ends behind them', async () => {
		const workflow = new StoredWorkflow();
		let end = () => {};
		const slow = workflow.deliver('slow', async () => {
			await new Promise<void>((resolve) => (end = resolve));
		});
		for (const id of numbered(20)) await workflow.deliver(id);
		end();
		await slow;
		workflow.restart();

		for (const id of ['slow', ...numbered(20)]) expect(await workflow.deliver(id)).toBe(false);
	});

	it('stores again what something else of the workflow wrote over', async () => {
		const workflow = new StoredWorkflow();
		await workflow.deliver('job1');
		const old = structuredClone(workflow.stored);
		for (const id of ['job2', 'job3']) await workflow.deliver(id);
		workflow.save(old);
		await workflow.deliver('job4');
		workflow.restart();

		for (const id of ['job1', 'job2', 'job3', 'job4']) {
			expect(await workflow.deliver(id)).toBe(false);
		}
	});

	it('remembers the last thousand and no more, the first one first', async () => {
		const workflow = new StoredWorkflow();
		for (const id of numbered(1500)) await workflow.deliver(id);

		expect(workflow.stored.deliveries).toEqual(numbered(1500).slice(500));
		expect(await workflow.deliver('job1499')).toBe(false);
		expect(await workflow.deliver('job500')).toBe(false);
		expect(await workflow.deliver('job499')).toBe(true);
	});

	it('forgets the oldest, not the newest, where what is stored is older', async () => {
		const workflow = new StoredWorkflow();
		for (const id of numbered(1000)) await workflow.deliver(id);
		const old = structuredClone(workflow.stored);
		for (const id of ['new1', 'new2']) await workflow.deliver(id);
		workflow.save(old);
		await workflow.deliver('new3');

		expect((workflow.stored.deliveries as string[]).slice(-3)).toEqual(['new1', 'new2', 'new3']);
		expect(workflow.stored.deliveries).toHaveLength(1000);
	});

	it('does not remember a delivery of which nothing came', async () => {
		const workflow = new StoredWorkflow();
		const { staticData, memory } = workflow.begin();
		await workflow.deliver('job2');
		memory.isNew('job1');
		memory.forget('job1');
		workflow.save(staticData);

		expect(await workflow.deliver('job1')).toBe(true);
		workflow.restart();
		expect(await workflow.deliver('job2')).toBe(false);
	});

	it.each([['broken'], [null], [42], [{}], [[1, null, {}]]])(
		'is not upset by static data of another shape: %j',
		async (deliveries) => {
			const workflow = new StoredWorkflow();
			workflow.save({ deliveries } as IDataObject);

			expect(await workflow.deliver('job1')).toBe(true);
			expect(await workflow.deliver('job1')).toBe(false);
		},
	);
});
