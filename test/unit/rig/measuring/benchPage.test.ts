import { benchPage, type Measured } from '../../../rig/measuring/benchPage';

const ORDER = ['items', 'watcher', 'watcher:small'];

const measured = (name: string, ...lines: string[]): Measured => ({
	name,
	title: `What ${name} measures`,
	day: '2026-01-31',
	machine: '2 cores',
	lines,
});

describe('the page of what benches printed', () => {
	it('has each bench with its lines as they were printed, in the order of the command', () => {
		const first = benchPage('', measured('watcher:small', 'a | b', '  c'), ORDER);

		const page = benchPage(first, measured('items', '1 item: 2 ms'), ORDER);

		expect(page).toContain(
			'## items\n\nWhat items measures. 2026-01-31, 2 cores.\n\n```text\n1 item: 2 ms\n```\n\n## watcher:small\n',
		);
		expect(page).toMatch(/```text\na \| b\n {2}c\n```\n$/);
	});

	it('keeps what was not measured again, and has what was in place of what it was', () => {
		const both = ['items', 'watcher:small'].reduce(
			(page, name) => benchPage(page, measured(name, 'before'), ORDER),
			'',
		);

		const page = benchPage(both, measured('items', 'after'), ORDER);

		expect(page).toBe(both.replace('before', 'after'));
	});

	it('leaves out what is no bench any more', () => {
		const page = benchPage('', measured('gone', 'a line'), ['gone']);

		expect(benchPage(page, measured('items', 'a line'), ORDER)).not.toContain('gone');
	});
});
