import * as fs from 'node:fs/promises';
import type { FileSystem } from './codeNode';

/** A function of the file system. */
export type FileCall = keyof typeof fs;

/** How a file system refuses: the codes that a Code node has to bear. */
export const REFUSALS = ['EXDEV', 'EPERM', 'EROFS', 'ENOSPC', 'EEXIST', 'ENOENT', 'EIO'];

/** The error of a call that is refused, with the code that Node.js gives it. */
export function refused(code: string, call: string): Error {
	return Object.assign(new Error(`${code}: refused by the test, ${call}`), { code });
}

/**
 * The file system whose nth call of a kind fails, and no other.
 *
 * @param base what else takes the place of the real one's functions
 * @param nth from 1 on; 0 refuses none
 * @param seen `seen.count` says how many there were
 */
export function refusingOnce(
	base: FileSystem,
	call: FileCall,
	nth: number,
	code: string,
	seen = { count: 0 },
): FileSystem {
	const failing = async (...given: unknown[]) => {
		seen.count += 1;
		if (seen.count === nth) throw refused(code, call);
		return await workingOf(base, call)(...given);
	};
	return { ...base, [call]: failing };
}

/** The file system that refuses each call of a kind for the paths in which a text stands. */
export function refusingPaths(call: FileCall, code: string, part = ''): FileSystem {
	const failing = async (path: string, ...others: unknown[]) => {
		if (path.includes(part)) throw refused(code, call);
		return await workingOf({}, call)(path, ...others);
	};
	return { [call]: failing };
}

function workingOf(base: FileSystem, call: FileCall): (...given: unknown[]) => unknown {
	return (base[call] ?? fs[call]) as (...given: unknown[]) => unknown;
}
