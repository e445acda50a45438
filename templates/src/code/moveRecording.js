// @ts-check
import { copyFile, unlink } from 'fs/promises';
import { isSameFile } from './isSameFile.js';
import { placeUnderFreeName } from './placeUnderFreeName.js';
import { removeFile } from './removeFile.js';
import { statsOf } from './statsOf.js';
import { versionOf } from './versionOf.js';

/**
 * Moves a recording out of the input folder. One that was written to since it was read is a new
 * recording and stays where it is.
 *
 * @param {{ id: number | string, path: string, version: string }} row
 * @param {string} folder
 * @param {string} stem
 * @param {string} extension with its dot
 */
export async function moveRecording(row, folder, stem, extension) {
	const part = `${folder}/.${row.id}.part`;
	const stats = await statsOf(row.path);
	if (stats === null || versionOf(stats) !== row.version) return await removeFile(part);
	const target = await placeRecording(row.path, part, folder, stem, extension);
	try {
		const after = await statsOf(row.path);
		if (after && versionOf(after) === row.version) await unlink(row.path);
		// written to meanwhile; where another file has taken its place, this name is its only one
		else if (after && isSameFile(after, stats)) await removeFile(target);
	} catch (error) {
		const left = await statsOf(row.path);
		if (left && isSameFile(left, stats)) await removeFile(target);
		throw error;
	}
	await removeFile(part);
}

/**
 * Gives a recording a free name in another folder, by way of a hidden copy where that is on another
 * disk.
 *
 * @param {string} path
 * @param {string} part the copy's name
 * @param {string} folder
 * @param {string} stem
 * @param {string} extension with its dot
 */
async function placeRecording(path, part, folder, stem, extension) {
	try {
		return await placeUnderFreeName(path, folder, stem, extension);
	} catch (error) {
		if (error.code !== 'EXDEV') throw error;
		await copyFile(path, part);
		return await placeUnderFreeName(part, folder, stem, extension);
	}
}
