import { FAULT_KINDS, faultSchedule } from '../rig/faultSchedule';

const FILES = 200;
const orderOf = (seed: number) => faultSchedule(seed, FILES).faults.map(({ kind }) => kind);

describe('the schedule of faults', () => {
	it('is the same for the same seed, and another one for another', () => {
		expect(faultSchedule(7, FILES)).toEqual(faultSchedule(7, FILES));
		expect(orderOf(7)).not.toEqual(orderOf(8));
	});

	it('has each kind of fault once, and shares all files out among them', () => {
		for (let seed = 1; seed <= 10; seed++) {
			const { faults } = faultSchedule(seed, FILES);
			expect(faults.map(({ kind }) => kind).sort()).toEqual([...FAULT_KINDS].sort());
			expect(faults.reduce((sum, { files }) => sum + files, 0)).toBe(FILES);
			expect(Math.min(...faults.map(({ files }) => files))).toBeGreaterThan(0);
		}
	});

	it.each(['PUT /storage', 'POST /upload', 'POST /transcribe', 'GET /transcribe/{id}'])(
		'hits about one in twenty of %s',
		(endpoint) => {
			const hits = faultSchedule(1, 2000).replies.filter((reply) => reply.endpoint === endpoint);
			const calls = hits.reduce((sum, { after }) => sum + after! + 1, 0);
			expect(hits.length / calls).toBeGreaterThan(0.04);
			expect(hits.length / calls).toBeLessThan(0.06);
		},
	);

	it('answers with each of the statuses', () => {
		const { replies } = faultSchedule(1, FILES);
		const statuses = new Set(replies.flatMap(({ status }) => status ?? []));
		expect([...statuses].sort()).toEqual([429, 500, 502, 503]);
	});
});
