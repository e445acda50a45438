import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { circlesIn, roomImports, slashed } from '../harness/rooms';

const rig = resolve(__dirname, '..', '..', 'rig');
const sources = readdirSync(rig, { recursive: true, encoding: 'utf8' })
	.filter((name) => name.endsWith('.ts'))
	.map(slashed);

/** A file's folder in the rig; undefined for what lies elsewhere. */
function roomOf(file: string): string | undefined {
	const [room] = file.split('/');
	return room === '..' ? undefined : room;
}

describe('the rig of the suites on n8n', () => {
	it('has each file in a folder', () => {
		expect(sources.filter((file) => !file.includes('/'))).toEqual([]);
	});

	it('has folders that do not import each other, directly or over others', () => {
		expect(circlesIn(roomImports(rig, sources, roomOf))).toEqual([]);
	});

	it('lists in its README what each folder promises', () => {
		const promises = readFileSync(join(rig, 'README.md'), 'utf8');
		const rooms = [...new Set(sources.map(roomOf))];
		expect(rooms.filter((room) => !promises.includes(`| \`${room}\` |`))).toEqual([]);
	});
});
