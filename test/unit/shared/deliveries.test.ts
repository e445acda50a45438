import type { IDataObject } from 'n8n-workflow';

import { isNewDelivery } from '../../../nodes/shared/deliveries';

describe('the memory of deliveries', () => {
	it('knows a delivery again', () => {
		const staticData: IDataObject = {};

		expect(isNewDelivery(staticData, 'again', 'job1 completed')).toBe(true);
		expect(isNewDelivery(staticData, 'again', 'job1 completed')).toBe(false);
		expect(isNewDelivery(staticData, 'again', 'job1 failed')).toBe(true);
	});

	it('knows it again after a restart, from what n8n stored', () => {
		const stored = { deliveries: ['job1 completed'] };

		expect(isNewDelivery(stored, 'restarted', 'job1 completed')).toBe(false);
	});

	it('knows it again while n8n has not stored anything yet', () => {
		expect(isNewDelivery({}, 'parallel', 'job1 completed')).toBe(true);
		expect(isNewDelivery({}, 'parallel', 'job1 completed')).toBe(false);
	});

	it('keeps the triggers apart', () => {
		expect(isNewDelivery({}, 'one', 'job1 completed')).toBe(true);
		expect(isNewDelivery({}, 'other', 'job1 completed')).toBe(true);
	});

	it('remembers the last thousand and no more', () => {
		const staticData: IDataObject = {};
		for (let number = 0; number < 1500; number++) {
			isNewDelivery(staticData, 'many', `job${number}`);
		}

		expect(staticData.deliveries).toHaveLength(1000);
		expect(isNewDelivery(staticData, 'many', 'job1499')).toBe(false);
		expect(isNewDelivery(staticData, 'many', 'job500')).toBe(false);
		expect(isNewDelivery(staticData, 'many', 'job499')).toBe(true);
	});

	it('is not upset by static data of another shape', () => {
		expect(isNewDelivery({ deliveries: 'broken' }, 'odd', 'job1')).toBe(true);
	});
});
