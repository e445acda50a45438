import fc from 'fast-check';

import { ProcessMemory } from '../../../../nodes/shared/core/processMemory';

const DAY = 24 * 60 * 60_000;

/** Lets time pass for the memory, in milliseconds. */
const pass = (milliseconds: number) => jest.setSystemTime(Date.now() + milliseconds);

describe('what a process remembers', () => {
	beforeEach(() => jest.useFakeTimers({ now: Date.UTC(2026, 0, 1) }));
	afterEach(() => jest.useRealTimers());

	it('keeps what is used within its days', () => {
		const memory = new ProcessMemory<string>(2);
		memory.set('used', 'value');
		for (let day = 0; day < 10; day++) {
			pass(DAY);
			expect(memory.get('used')).toBe('value');
		}
	});

	it('forgets what nobody has used for longer, such as a deleted workflow', () => {
		const memory = new ProcessMemory<string>(2);
		memory.set('deleted', 'value');
		pass(2 * DAY + 1);

		expect(memory.get('deleted')).toBeUndefined();
		expect(memory.has('deleted')).toBe(false);
	});

	it('lets go of it even where nobody asks for it again', () => {
		const memory = new ProcessMemory<string>(2);
		for (let index = 0; index < 1000; index++) memory.set(`deleted ${index}`, 'value');
		pass(3 * DAY);
		memory.set('new', 'value');

		expect(memory.size).toBe(1);
	});

	it('lets go of it at once where it is told to', () => {
		const memory = new ProcessMemory<string>(2);
		memory.set('done', 'value');
		memory.delete('done');

		expect(memory.has('done')).toBe(false);
	});

	it('knows what a map knows, but what was not used for its days', () => {
		const step = fc.record({
			trigger: fc.constantFrom('a', 'b', 'c'),
			use: fc.constantFrom('get', 'set', 'has', 'delete'),
			hours: fc.integer({ min: 0, max: 40 }),
		});
		const property = fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
			const memory = new ProcessMemory<number>(1);
			const expected = new Map<string, { value: number; usedAt: number }>();
			for (const [value, { trigger, use, hours }] of steps.entries()) {
				pass(hours * 60 * 60_000);
				const known = expected.get(trigger);
				const isKept = known !== undefined && Date.now() - known.usedAt <= DAY;
				if (use === 'set') memory.set(trigger, value);
				else if (use === 'delete') memory.delete(trigger);
				else if (use === 'get') expect(memory.get(trigger)).toBe(isKept ? known.value : undefined);
				else expect(memory.has(trigger)).toBe(isKept);
				if (use === 'set') expected.set(trigger, { value, usedAt: Date.now() });
				else if (use === 'delete' || !isKept) expected.delete(trigger);
				else known.usedAt = Date.now();
			}
		});
		fc.assert(property);
	});
});
