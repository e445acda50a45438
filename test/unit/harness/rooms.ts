import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

/** A path as it is written on every system: with slashes. */
export function slashed(path: string): string {
	return path.split(sep).join('/');
}

/**
 * The files that a file imports, at its top or in its midst, as paths from the folder, without an
 * ending.
 *
 * @param folder what both paths begin at
 */
export function importsOf(folder: string, file: string): string[] {
	const text = readFileSync(join(folder, file), 'utf8');
	const found = text.matchAll(/(?:\bfrom|\bimport|\bimport\(|\brequire\()\s*'(\.[^']+)'/g);
	return [...found].map(([, target]) =>
		slashed(relative(folder, resolve(folder, dirname(file), String(target)))),
	);
}

/** Which rooms each room imports, itself left out. */
export type RoomImports = Map<string, Set<string>>;

/**
 * Reads which rooms import each other.
 *
 * @param files paths from the folder
 * @param roomOf the room of a path; undefined for what lies in none
 */
export function roomImports(
	folder: string,
	files: string[],
	roomOf: (path: string) => string | undefined,
): RoomImports {
	const imported: RoomImports = new Map();
	for (const file of files) {
		const room = roomOf(file);
		if (room === undefined) continue;
		const rooms = imported.get(room) ?? new Set();
		for (const target of importsOf(folder, file)) {
			const next = roomOf(target);
			if (next !== undefined && next !== room) rooms.add(next);
		}
		imported.set(room, rooms);
	}
	return imported;
}

/** The rooms that lead back to themselves, directly or over others. */
export function circlesIn(imported: RoomImports): string[] {
	const reachedFrom = (room: string, reached = new Set<string>()): Set<string> => {
		for (const next of imported.get(room) ?? []) {
			if (reached.has(next)) continue;
			reached.add(next);
			reachedFrom(next, reached);
		}
		return reached;
	};
	return [...imported.keys()].filter((room) => reachedFrom(room).has(room));
}
