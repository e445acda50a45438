import { type FloodedDoor, pageOf, wrongWith } from '../rig/floodPage';

const door: FloodedDoor = {
	name: 'Trigger',
	seed: 1,
	outcome: {
		letIn: {},
		genuine: ['a'],
		genuineAnswers: [200, 200],
		hostile: 8,
		answers: { 'no signature': { 401: 6 }, 'no JSON': { 422: 2 } },
		seconds: 2,
		memory: [300, 310, 320, 330],
	},
	genuineASecond: 20,
	happened: 1,
	allowed: 1,
};

describe('the page about a flood', () => {
	it('says how many requests there were, and how each kind was answered', () => {
		const page = pageOf([door, { ...door, name: 'Callback' }]);

		expect(page).toContain('**16 hostile requests: none started anything');
		expect(page).toContain('| no signature | 12 | 12 × 401 |');
	});

	it.each<[string, Partial<FloodedDoor>]>([
		['an attack was taken', { outcome: { ...door.outcome, letIn: { 'a bomb': [200] } } }],
		['a genuine event was not', { outcome: { ...door.outcome, genuineAnswers: [200, 503] } }],
		['more happened than events came', { happened: 2 }],
		['memory grew', { outcome: { ...door.outcome, memory: [300, 600] } }],
	])('says so where %s', (_what, different) => {
		const [line] = wrongWith({ ...door, ...different });

		expect(line).toMatch(/^Trigger: /);
		expect(pageOf([{ ...door, ...different }])).toContain(line);
	});
});
