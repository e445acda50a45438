import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { projectFolder } from '../paths';
import type { Findings } from './findings';

const page = join(projectFolder, 'docs', 'versions.md');
const begin = '<!-- what npm run test:versions found: begin -->';
const end = '<!-- what npm run test:versions found: end -->';

/** A version that was tested. */
export interface Tested {
	/** What it stands for, e.g. 'newest 1.x'. */
	what: string;
	version: string;
	/** Of the Node.js that ran it, e.g. 'v22.23.3'. */
	node: string;
	findings: Findings;
}

/**
 * What was found, as a table in Markdown: a row for each thing that was looked at.
 *
 * @param leftOut newer versions than the tested ones, named below the table
 */
export function tableOf(tested: Tested[], leftOut: string[] = []): string {
	const rows = [...new Set(tested.flatMap(({ findings }) => Object.keys(findings)))];
	const templates = rows.filter((row) => row.startsWith('Template '));
	const others = rows.filter((row) => !templates.includes(row));
	const cells = [
		['', ...tested.map(({ version }) => `n8n ${version}`)],
		tested.map(() => '---').concat('---'),
		['', ...tested.map(({ what }) => what)],
		['Run by Node.js', ...tested.map(({ node }) => node.replace(/^v/, ''))],
		...[...others, ...templates.sort()].map((row) => [
			row,
			...tested.map(({ findings }) => findings[row] ?? 'not tried'),
		]),
	];
	const table = cells.map((row) => `| ${row.join(' | ')} |`).join('\n');
	if (leftOut.length === 0) return table;
	const names = leftOut.join(', ');
	return `${table}\n\nnpm could not install n8n ${names}: the registry lacks packages that it names.`;
}

/** Puts a table into docs/versions.md, in place of the one that is there. */
export async function writePage(table: string): Promise<void> {
	const text = await readFile(page, 'utf8');
	const [before, rest] = text.split(begin);
	const [, after] = rest?.split(end) ?? [];
	if (before === undefined || after === undefined) throw new Error(`${page} has lost its marks.`);
	const written = `${before}${begin}\n\n${table}\n\n${end}${after}`;
	const options = await resolveConfig(page);
	await writeFile(page, await format(written, { ...options, filepath: page }));
}
