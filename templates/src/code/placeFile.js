// @ts-check
import { link, open, rename } from 'fs/promises';
import { removeFile } from './removeFile.js';
import { statsOf } from './statsOf.js';

const NO_LINKS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'UNKNOWN'];

/**
 * Gives a file a name that nothing has yet. It keeps its own name too, where there are links; where
 * there are none (exFAT, some network drives) an empty file reserves the new name, and it moves.
 *
 * @param {string} source
 * @param {string} target
 */
export async function placeFile(source, target) {
	try {
		await link(source, target);
	} catch (error) {
		if (!NO_LINKS.includes(error.code)) throw error;
		await (await open(target, 'wx')).close();
		await renameOver(source, target);
	}
}

/**
 * Moves a file over the empty one that reserves its name, which goes when the file cannot move.
 *
 * @param {string} source
 * @param {string} target
 */
async function renameOver(source, target) {
	try {
		await rename(source, target);
	} catch (error) {
		const [left, reserved] = [await statsOf(source), await statsOf(target)];
		if (left && reserved?.size === 0n) await removeFile(target);
		throw error;
	}
}
