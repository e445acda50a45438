import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { circlesIn, importsOf, roomImports, slashed } from './harness/rooms';

const project = resolve(__dirname, '..', '..');

/** The TypeScript files of dev and test, as paths from the project with slashes. */
const files = ['dev', 'test'].flatMap((folder) =>
	readdirSync(join(project, folder), { recursive: true, encoding: 'utf8' })
		.map((name) => `${folder}/${slashed(name)}`)
		.filter((name) => name.endsWith('.ts') && !name.includes('/node_modules/')),
);

/** A file's room: dev, or a folder in dev or test; undefined for what lies elsewhere. */
function roomOf(path: string): string | undefined {
	return /^(?:dev|test)\/[^/]+(?=\/)|^dev(?=\/)/.exec(path)?.[0];
}

const imported = roomImports(project, files, roomOf);

/** Rooms that hold tests or measurements, which nobody else builds on. */
const SUITES = [
	'unit',
	'simulator',
	'n8n',
	'queue',
	'versions',
	'browser',
	'bench',
	'faults',
	'flood',
].map((name) => `test/${name}`);

describe('the workshop', () => {
	it('has rooms that do not import each other, directly or over others', () => {
		expect(circlesIn(imported)).toEqual([]);
	});

	it('keeps dev from all of test', () => {
		const reaching = files
			.filter((file) => file.startsWith('dev/'))
			.filter((file) => importsOf(project, file).some((target) => target.startsWith('test/')));
		expect(reaching).toEqual([]);
	});

	it('has no room that builds on suites or measurements', () => {
		const building = [...imported].flatMap(([room, rooms]) =>
			SUITES.filter((suite) => rooms.has(suite)).map((suite) => `${room} imports ${suite}`),
		);
		expect(building).toEqual([]);
	});

	it('keeps what suites share out of the folder of the n8n suites', () => {
		const shared = files.filter(
			(file) => file.startsWith('test/n8n/') && !file.endsWith('.test.ts'),
		);
		expect(shared).toEqual([]);
	});

	it('has a simulator that can be taken along: it imports itself, Node.js and npm packages', () => {
		const outside = files
			.filter((file) => file.startsWith('dev/simulator/'))
			.flatMap((file) => importsOf(project, file).map((target) => ({ file, target })))
			.filter(({ target }) => !target.startsWith('dev/simulator/'))
			.map(({ file, target }) => `${file} imports ${target}`);
		expect(outside).toEqual([]);
	});
});
