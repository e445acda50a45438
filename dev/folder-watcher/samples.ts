import { copyFile, readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { samplesFolder } from '../paths';

const notRecordings = new Set(['.md', '.sh']);

/**
 * Copies the sample recordings into a folder.
 *
 * @returns the copies, absolute
 */
export async function dropSamples(inputFolder: string): Promise<string[]> {
	const names = await readdir(samplesFolder);
	const recordings = names.filter((name) => !notRecordings.has(extname(name)));
	return await Promise.all(
		recordings.map(async (name) => {
			const target = join(inputFolder, name);
			await copyFile(join(samplesFolder, name), target);
			return target;
		}),
	);
}
