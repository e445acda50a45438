// @ts-check
import { readdir } from 'fs/promises';
import { makeFile } from './makeFile.js';
import { removeFile } from './removeFile.js';
import { statsOf } from './statsOf.js';

const LOOK_MS = 60_000; // longer than a look takes; one that began before that has died

/**
 * Takes the only lock of a folder, by a file that only one can make. One that has died is passed over
 * by the next number, and whoever sees another one beside its own gives way.
 *
 * @param {string} folder
 * @param {string} owner
 * @returns {Promise<string | undefined>} the lock's file; undefined while another one holds it
 */
export async function takeLock(folder, owner) {
	const before = await locksIn(folder);
	if (before.some(({ isHeld }) => isHeld)) return undefined;
	const file = `${folder}/look-${1 + Math.max(0, ...before.map(({ number }) => number))}`;
	if (!(await makeFile(file, owner))) return undefined;
	const others = (await locksIn(folder)).filter((lock) => lock.file !== file);
	if (others.some(({ isHeld }) => isHeld)) {
		await removeFile(file);
		return undefined;
	}
	for (const other of others) await removeFile(other.file);
	return file;
}

/**
 * The locks in a folder, and whether their owners may still be at work.
 *
 * @param {string} folder
 */
async function locksIn(folder) {
	const locks = [];
	for (const name of await readdir(folder)) {
		const number = Number(/^look-(\d+)$/.exec(name)?.[1]);
		const stats = number ? await statsOf(`${folder}/${name}`) : null;
		if (!stats) continue;
		const isHeld = Math.abs(Date.now() - Number(stats.mtimeMs)) < LOOK_MS;
		locks.push({ file: `${folder}/${name}`, number, isHeld });
	}
	return locks;
}
