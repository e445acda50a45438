import { markdownTable } from '../markdown';
import type { Findings } from './findings';

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
	const table = markdownTable(
		['', ...tested.map(({ version }) => `n8n ${version}`)],
		[
			['', ...tested.map(({ what }) => what)],
			['Run by Node.js', ...tested.map(({ node }) => node.replace(/^v/, ''))],
			...[...others, ...templates.sort()].map((row) => [
				row,
				...tested.map(({ findings }) => findings[row] ?? 'not tried'),
			]),
		],
	);
	if (leftOut.length === 0) return table;
	const names = leftOut.join(', ');
	return `${table}\n\nnpm could not install n8n ${names}: the registry lacks packages that it names.`;
}
