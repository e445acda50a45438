// @ts-check
import { open, readdir } from 'fs/promises';
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
	if (!(await made(file, owner))) return undefined;
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

/**
 * Makes a file that is not there yet, dated by this machine's clock.
 *
 * @param {string} file
 * @param {string} owner
 * @returns {Promise<boolean>} whether it was made
 */
async function made(file, owner) {
	let handle;
	try {
		handle = await open(file, 'wx');
		await handle.writeFile(owner);
		await handle.utimes(new Date(), new Date());
		return true;
	} catch (error) {
		if (!handle && error.code === 'EEXIST') return false;
		// one without its owner's name, as on a full disk, would hold up the looks to come
		if (handle) await removeFile(file);
		throw error;
	} finally {
		await handle?.close();
	}
}
