import { type FloodedDoor, pageOf, wrongWith } from '../../../rig/flood/floodPage';
import { HOSTILE_KINDS } from '../../../rig/flood/hostileRequests';

const answers = Object.fromEntries(HOSTILE_KINDS.map((kind) => [kind, { 401: 6 }]));

const door: FloodedDoor = {
	name: 'Trigger',
	seed: 1,
	outcome: {
		letIn: {},
		genuine: ['a'],
		genuineAnswers: [200, 200],
		hostile: 8,
		answers,
		seconds: 2,
		memory: [170, 171, 169, 172],
	},
	genuineASecond: 20,
	happened: 1,
	due: { least: 1, most: 1 },
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
		['less happened than events came', { happened: 0 }],
		['a kind was not sent', { outcome: { ...door.outcome, answers: {} } }],
		['memory grew', { outcome: { ...door.outcome, memory: [300, 600] } }],
	])('says so where %s', (_what, different) => {
		const [line] = wrongWith({ ...door, ...different });

		expect(line).toMatch(/^Trigger: /);
		expect(pageOf([{ ...door, ...different }])).toContain(line);
	});
});
