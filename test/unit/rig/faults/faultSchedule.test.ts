import { FAULT_KINDS, faultSchedule } from '../../../rig/faults/faultSchedule';
import { SCRIPTIVOX_CALLS } from '../../../rig/faults/faultyScriptivox';

const FILES = 200;
const scheduleOf = (seed: number, files = FILES) => faultSchedule(seed, files, SCRIPTIVOX_CALLS);
const orderOf = (seed: number) => scheduleOf(seed).faults.map(({ kind }) => kind);

describe('the schedule of faults', () => {
	it('is the same for the same seed, and another one for another', () => {
		expect(scheduleOf(7)).toEqual(scheduleOf(7));
		expect(orderOf(7)).not.toEqual(orderOf(8));
	});

	it('has each kind of fault once, and shares all files out among them', () => {
		for (let seed = 1; seed <= 10; seed++) {
			const { faults } = scheduleOf(seed);
			expect(faults.map(({ kind }) => kind).sort()).toEqual([...FAULT_KINDS].sort());
			expect(faults.reduce((sum, { files }) => sum + files, 0)).toBe(FILES);
			expect(Math.min(...faults.map(({ files }) => files))).toBeGreaterThan(0);
		}
	});

	it.each(['PUT /storage', 'POST /upload', 'POST /transcribe', 'GET /transcribe/{id}'])(
		'hits about one in twenty of %s',
		(endpoint) => {
			const hits = scheduleOf(1, 2000).replies.filter((reply) => reply.endpoint === endpoint);
			const calls = hits.reduce((sum, { after }) => sum + after! + 1, 0);
			expect(hits.length / calls).toBeGreaterThan(0.04);
			expect(hits.length / calls).toBeLessThan(0.06);
		},
	);

	it('answers with each of the statuses', () => {
		const { replies } = scheduleOf(1);
		const statuses = new Set(replies.flatMap(({ status }) => status ?? []));
		expect([...statuses].sort()).toEqual([429, 500, 502, 503]);
	});
});
