// @ts-check
import { notedRow } from './notedRow.js';

/**
 * One item for each document and each subtitles that are not in Drive yet.
 *
 * @param {CodeNode} n8n
 */
export function driveOutputs({ $, $input }) {
	return $input.all().flatMap(({ binary }, item) => {
		const row = notedRow($, item, ['Note Job', 'Note Sending']);
		const stem = row.name.replace(/\.(?=\w*[a-z])\w+\s*$/i, '');
		return Object.entries(binary ?? {})
			.filter(([format]) => !row[`${format}Id`])
			.map(([format, data]) => ({
				json: { row, format, name: `${stem}.${format}` },
				binary: { data },
				pairedItem: { item },
			}));
	});
}
