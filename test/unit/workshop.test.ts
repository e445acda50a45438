import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

const project = resolve(__dirname, '..', '..');

/** The TypeScript files of dev and test, as paths from the project with slashes. */
const files = ['dev', 'test'].flatMap((folder) =>
	readdirSync(join(project, folder), { recursive: true, encoding: 'utf8' })
		.map((name) => [folder, ...name.split(sep)].join('/'))
		.filter((name) => name.endsWith('.ts') && !name.includes('/node_modules/')),
);

/** The files that a file imports, at its top or in its midst, as paths from the project. */
function importsOf(file: string): string[] {
	const text = readFileSync(join(project, file), 'utf8');
	const found = text.matchAll(/(?:\bfrom|\bimport|\bimport\(|\brequire\()\s*'(\.[^']+)'/g);
	return [...found].map(([, target]) =>
		relative(project, resolve(project, dirname(file), String(target)))
			.split(sep)
			.join('/'),
	);
}

/** A file's room: dev, or a folder in dev or test; undefined for what lies elsewhere. */
function roomOf(path: string): string | undefined {
	return /^(?:dev|test)\/[^/]+(?=\/)|^dev(?=\/)/.exec(path)?.[0];
}

/** Which rooms each room imports, itself left out. */
const imported = new Map<string, Set<string>>();
for (const file of files) {
	const room = roomOf(file);
	if (room === undefined) continue;
	const rooms = imported.get(room) ?? new Set();
	for (const target of importsOf(file)) {
		const next = roomOf(target);
		if (next !== undefined && next !== room) rooms.add(next);
	}
	imported.set(room, rooms);
}

/** All rooms that a room leads to, over others too. */
function reachedFrom(room: string, reached = new Set<string>()): Set<string> {
	for (const next of imported.get(room) ?? []) {
		if (reached.has(next)) continue;
		reached.add(next);
		reachedFrom(next, reached);
	}
	return reached;
}

/** Rooms that hold tests or measurements, which nobody else builds on. */
const SUITES = ['unit', 'simulator', 'n8n', 'versions', 'browser', 'bench'].map(
	(name) => `test/${name}`,
);

describe('the workshop', () => {
	it('has rooms that do not import each other, directly or over others', () => {
		expect([...imported.keys()].filter((room) => reachedFrom(room).has(room))).toEqual([]);
	});

	it('keeps dev from all of test', () => {
		const reaching = files
			.filter((file) => file.startsWith('dev/'))
			.filter((file) => importsOf(file).some((target) => target.startsWith('test/')));
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
			.flatMap((file) => importsOf(file).map((target) => ({ file, target })))
			.filter(({ target }) => !target.startsWith('dev/simulator/'))
			.map(({ file, target }) => `${file} imports ${target}`);
		expect(outside).toEqual([]);
	});
});
