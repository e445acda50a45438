import { benchPage, type Measured } from '../rig/benchPage';

const measured = (name: string, ...lines: string[]): Measured => ({
	name,
	title: `What ${name} measures`,
	day: '2026-01-31',
	machine: '2 cores',
	lines,
});

describe('the page of what benches printed', () => {
	it('has each bench with its lines as they were printed, in the order of the command', () => {
		const page = benchPage(
			[measured('watcher:small', 'a | b', '  c'), measured('items', '1 item: 2 ms')],
			['items', 'watcher', 'watcher:small'],
		);

		expect(page).toContain(
			'## items\n\nWhat items measures. 2026-01-31, 2 cores.\n\n```text\n1 item: 2 ms\n```\n',
		);
		expect(page).toContain('```text\na | b\n  c\n```');
		expect(page.indexOf('## items')).toBeLessThan(page.indexOf('## watcher:small'));
	});

	it('leaves out what is no bench any more', () => {
		expect(benchPage([measured('gone', 'a line')], ['items'])).not.toContain('gone');
	});
});
