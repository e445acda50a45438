// @ts-check
import { copyFile, unlink } from 'fs/promises';
import { placeUnderFreeName } from './placeUnderFreeName.js';
import { removeFile } from './removeFile.js';
import { statsOf } from './statsOf.js';
import { versionOf } from './versionOf.js';

/**
 * Moves a recording out of the input folder. One that was written to since it was read is a new
 * recording and stays where it is.
 *
 * @param {{ id: number, path: string, version: string }} row
 * @param {string} folder
 * @param {string} stem
 * @param {string} extension with its dot
 */
export async function moveRecording(row, folder, stem, extension) {
	const part = `${folder}/.${row.id}.part`;
	const stats = await statsOf(row.path);
	if (stats === null || versionOf(stats) !== row.version) return await removeFile(part);
	let target;
	try {
		target = await placeUnderFreeName(row.path, folder, stem, extension);
	} catch (error) {
		if (error.code !== 'EXDEV') throw error;
		await copyFile(row.path, part);
		target = await placeUnderFreeName(part, folder, stem, extension);
	}
	const after = await statsOf(row.path);
	if (after && versionOf(after) === row.version) await unlink(row.path);
	else if (after) await removeFile(target);
	await removeFile(part);
}
