import { basename, dirname } from 'node:path';

import type { WorkflowJson } from '../../../dev/n8n/types';

/** The settings of a template, in their order. */
export function settingsOf({ nodes }: WorkflowJson): Array<[name: string, value: unknown]> {
	const { assignments } = (nodes.find(({ name }) => name === 'Settings')?.parameters ?? {}) as {
		assignments?: { assignments: Array<{ name: string; value: unknown }> };
	};
	return (assignments?.assignments ?? []).map(({ name, value }) => [name, value]);
}

/** The default that a page's table gives for each setting. */
export function defaultsIn(page: string): Map<string, string> {
	const tables = page.match(/^\| (?:setting|name) +\|[^\n]*\n\|[ -|]*\n(?:\|[^\n]*\n)+/gm) ?? [];
	const rows = tables.flatMap((table) => table.trim().split('\n').slice(2));
	return new Map(
		rows.flatMap((row) => {
			const cells = row.split('|').map((cell) => cell.trim());
			const names = [...cells[1]!.matchAll(/`(\w+)`/g)].map(([, name]) => name!);
			const given = cells[3]!;
			const each = given.split(', ');
			const isEach = each.length === names.length && names.length > 1;
			return names.map((name, index): [string, string] => [name, isEach ? each[index]! : given]);
		}),
	);
}

/** Whether a table's cell says what the value is. */
export function says(cell: string | undefined, value: unknown): boolean {
	if (cell === undefined || cell === '') return false;
	const text = cell.replaceAll('`', '');
	if (typeof value === 'boolean') return [value ? 'on' : 'off', String(value)].includes(text);
	const given = String(value);
	if (given === '') return text.startsWith('empty');
	// an expression, and what would fill the table, is described
	if (given.startsWith('=')) return true;
	if (given.length > 100) return text.startsWith('see ');
	const isFolder = given.startsWith('/');
	return (
		text === given || (isFolder && [dirname, basename].every((part) => text.includes(part(given))))
	);
}
