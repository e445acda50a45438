// @ts-check
import { mkdir, rename, writeFile } from 'fs/promises';
import { hiddenFolderOf } from './hiddenFolderOf.js';
import { moveRecording } from './moveRecording.js';
import { placeUnderFreeName } from './placeUnderFreeName.js';
import { statsOf } from './statsOf.js';
import { textNameOf } from './textNameOf.js';

/**
 * Gives the texts of a recording their final names and moves the recording out of the input folder, to the
 * same place below the other folders. Each step can be repeated after a crash, and none overwrites a file.
 *
 * @param {WatchedRow} row
 * @param {Record<string, string | Buffer>} texts by their formats
 * @param {string} failure empty for a success
 * @param {Record<string, any>} settings
 * @returns {Promise<string>} the first text's path
 */
export async function publishText(row, texts, failure, settings) {
	const { file, folder, path } = row;
	const dot = file.lastIndexOf('.');
	const [stem, extension] = [file.slice(0, dot), file.slice(dot)];
	const below = path.slice(folder.length, path.length - file.length).replace(/\/$/, '');
	const outputFolder = await folderBelow(settings.outputFolder, below);
	const sourceFolder = await folderBelow(
		failure ? settings.failedFolder : settings.doneFolder,
		below,
	);
	const outputStem = failure ? `failed_${stem}` : stem;
	const placed = [];
	for (const [format, text] of Object.entries(texts)) {
		const part = `${hiddenFolderOf(settings)}/${textNameOf(row)}.${format}`;
		// one that has its final name already is what a killed run has written
		if (((await statsOf(part))?.nlink ?? 0n) < 2n) await writeFile(part, text);
		const output = await placeUnderFreeName(part, outputFolder, outputStem, `.${format}`);
		placed.push({ part, output });
	}
	try {
		const moved = { id: textNameOf(row), path, version: row.version };
		await moveRecording(moved, sourceFolder, stem, extension);
	} catch (error) {
		// where there are no links they have lost their hidden names, by which the next try finds them
		for (const { part, output } of placed) {
			if (!(await statsOf(part))) await rename(output, part);
		}
		throw error;
	}
	return placed[0]?.output ?? '';
}

/**
 * @param {string} folder
 * @param {string} below
 */
async function folderBelow(folder, below) {
	const whole = [folder.replace(/\/+$/, ''), below].filter(Boolean).join('/');
	await mkdir(whole, { recursive: true });
	return whole;
}
