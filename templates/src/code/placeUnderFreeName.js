// @ts-check
import { lstat } from 'fs/promises';
import { fittingName } from './fittingName.js';
import { isSameFile } from './isSameFile.js';
import { placeFile } from './placeFile.js';
import { statsOf } from './statsOf.js';

/**
 * Places a file under the first free name; finds it again when a crash came after the placing.
 *
 * @param {string} source
 * @param {string} folder
 * @param {string} stem
 * @param {string} extension with its dot
 * @returns {Promise<string>} its new path
 */
export async function placeUnderFreeName(source, folder, stem, extension) {
	const stats = await lstat(source, { bigint: true });
	for (let number = 1; ; number++) {
		const suffix = number === 1 ? '' : `_${number}`;
		const target = `${folder}/${fittingName(stem, suffix, extension)}`;
		try {
			await placeFile(source, target);
			return target;
		} catch (error) {
			if (error.code !== 'EEXIST') throw error;
			const taken = await statsOf(target);
			if (taken && isSameFile(taken, stats)) return target;
		}
	}
}
