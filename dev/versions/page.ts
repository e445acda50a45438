import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectFolder } from '../paths';

const page = join(projectFolder, 'docs', 'versions.md');
const begin = '<!-- what npm run test:versions found: begin -->';
const end = '<!-- what npm run test:versions found: end -->';

/** Puts a table into docs/versions.md, in place of the one that is there. */
export async function writePage(table: string): Promise<void> {
	const text = await readFile(page, 'utf8');
	const [before, rest] = text.split(begin);
	const [, after] = rest?.split(end) ?? [];
	if (before === undefined || after === undefined) throw new Error(`${page} has lost its marks.`);
	await writeFile(page, `${before}${begin}\n\n${table}\n\n${end}${after}`);
}
