import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { workFolder } from '../../../dev/paths';

/**
 * Keeps what runs of a command found in this folder of the project, by the name of each, so that a page can be written of
 * all of them though each takes long.
 */
export class KeptResults<Result extends { name: string }> {
	private readonly file: string;

	/** @param name of the file that they are kept in, without its extension */
	constructor(name: string) {
		this.file = join(workFolder, `${name}.json`);
	}

	/**
	 * Keeps a result in place of an earlier one of its name.
	 *
	 * @returns all that are kept
	 */
	async keep(result: Result): Promise<Result[]> {
		const earlier = (await this.all()).filter(({ name }) => name !== result.name);
		const results = [...earlier, result];
		await writeFile(this.file, JSON.stringify(results, null, 2));
		return results;
	}

	private async all(): Promise<Result[]> {
		return JSON.parse(await readFile(this.file, 'utf8').catch(() => '[]')) as Result[];
	}
}
