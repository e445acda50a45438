/**
 * A table in Markdown.
 *
 * @param head what stands above each column
 */
export function markdownTable(head: string[], rows: Array<Array<string | number>>): string {
	return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
