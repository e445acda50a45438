import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

import { circlesIn, importsOf, roomImports, slashed } from './harness/rooms';

const nodesFolder = resolve(__dirname, '..', '..', 'nodes');
const credentialsFolder = resolve(nodesFolder, '..', 'credentials');
const NODES = readdirSync(nodesFolder).filter((name) => name !== 'shared');
/** The node that works on what any of them gives. */
const PROVIDERS = NODES.filter((name) => name !== 'Transcript');

/** All TypeScript files below a folder, as paths from `nodes/` with slashes. */
function sourcesIn(folder: string): string[] {
	const entries = readdirSync(folder, { recursive: true, encoding: 'utf8' });
	return entries
		.filter((name) => name.endsWith('.ts'))
		.map((name) => slashed(relative(nodesFolder, join(folder, name))));
}

/** A file's room: the folder in `nodes/shared`, the provider, or the credentials. */
function roomOf(file: string): string {
	const [house, room] = file.split('/');
	if (house === '..') return 'credentials';
	return house === 'shared' ? `shared/${room}` : String(house);
}

const sources = sourcesIn(nodesFolder);

const imported = roomImports(nodesFolder, sources, roomOf);

describe('the house', () => {
	it('has no file outside of a room of nodes/shared', () => {
		const loose = sources.filter((file) => /^shared\/[^/]+$/.test(file));
		expect(loose).toEqual([]);
	});

	it('has rooms that do not import each other, directly or over others', () => {
		expect(circlesIn(imported)).toEqual([]);
	});

	it('keeps each node from all others', () => {
		const mixed = NODES.flatMap((node) =>
			[...(imported.get(node) ?? [])]
				.filter((room) => NODES.includes(room))
				.map((room) => `${node} imports ${room}`),
		);
		expect(mixed).toEqual([]);
	});

	it('has a shared kernel that names no provider', () => {
		const naming = sources
			.filter((file) => file.startsWith('shared/'))
			.filter((file) => {
				const text = readFileSync(join(nodesFolder, file), 'utf8');
				return PROVIDERS.some((provider) => new RegExp(`\\b${provider}\\b`).test(text));
			});
		expect(naming).toEqual([]);
	});

	it('keeps what one node alone uses with that node', () => {
		const usersOf = new Map<string, Set<string>>();
		for (const file of [...sources, ...sourcesIn(credentialsFolder)]) {
			for (const target of importsOf(nodesFolder, file)) {
				const users = usersOf.get(target) ?? new Set();
				usersOf.set(target, users.add(roomOf(file)));
			}
		}
		const lonely = [...usersOf]
			.filter(([target, users]) => target.startsWith('shared/') && users.size === 1)
			.filter(([, users]) => NODES.includes([...users].join()))
			.map(([target, users]) => `${target} serves ${[...users].join()} alone`);
		expect(lonely).toEqual([]);
	});

	it('tells in CONTRIBUTING what each room promises', () => {
		const guide = readFileSync(join(nodesFolder, '..', 'CONTRIBUTING.md'), 'utf8');
		const rooms = readdirSync(join(nodesFolder, 'shared'));
		expect(rooms.filter((room) => !guide.includes(`| \`${room}\` |`))).toEqual([]);
	});
});
