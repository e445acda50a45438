// @ts-check
import { moveRecording } from './moveRecording.js';
import { placeUnderFreeName } from './placeUnderFreeName.js';

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
	await moveRecording(row, folder, stem, extension);
	return { state: isFailure ? 'failed' : 'done', output, part };
}
