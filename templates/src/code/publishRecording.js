// @ts-check
import { rename } from 'fs/promises';
import { moveRecording } from './moveRecording.js';
import { placeUnderFreeName } from './placeUnderFreeName.js';
import { statsOf } from './statsOf.js';

/**
 * Gives the text of a recording its final name and moves the recording out of the input folder. Each
 * step can be repeated after a crash, and none ever overwrites a file.
 *
 * @param {{ id: number, path: string, version: string, errorCode: string }} row
 * @param {{ outputFolder: string, doneFolder: string, failedFolder: string }} settings
 */
export async function publishRecording(row, settings) {
	const name = row.path.slice(row.path.lastIndexOf('/') + 1);
	const dot = name.lastIndexOf('.');
	const [stem, extension] = [name.slice(0, dot), name.slice(dot)];
	const isFailure = Boolean(row.errorCode);
	const part = `${settings.outputFolder}/.${row.id}.part`;
	const outputStem = isFailure ? `failed_${stem}` : stem;
	const output = await placeUnderFreeName(part, settings.outputFolder, outputStem, '.txt');
	const folder = isFailure ? settings.failedFolder : settings.doneFolder;
	try {
		await moveRecording(row, folder, stem, extension);
	} catch (error) {
		// where there are no links it has lost its hidden name, by which the next try finds it again
		if (!(await statsOf(part))) await rename(output, part);
		throw error;
	}
	return { state: isFailure ? 'failed' : 'done', output, part };
}
