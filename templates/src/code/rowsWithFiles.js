// @ts-check
import { formatsOf } from './formatsOf.js';
import { publishedRow } from './publishedRow.js';

/**
 * What becomes of transcripts whose subtitles have been fetched: of the rows for each kind one is left,
 * and all is written. What could not be fetched keeps nothing back, and is said in the row.
 *
 * @param {Array<{ row: WatchedRow, result: any, file: CodeNodeItem }>} fetched
 * @param {CodeNode['helpers']} helpers
 * @param {Record<string, any>} settings
 * @param {number} now in milliseconds since 1970
 * @returns {Promise<WatchedRow[]>}
 */
export async function rowsWithFiles(fetched, helpers, settings, now) {
	const recordings = new Map();
	for (const [index, { row, result, file }] of fetched.entries()) {
		const { text = '' } = result ?? {};
		const isText = formatsOf(settings).includes('txt');
		const known = recordings.get(row.job) ?? {
			row,
			text,
			texts: isText ? { txt: text } : {},
			missing: [],
		};
		recordings.set(row.job, known);
		if (file?.binary?.data) {
			known.texts[row.format] = await helpers.getBinaryDataBuffer(index, 'data');
		} else known.missing.push(row.format);
	}
	const rows = [];
	for (const { row, text, texts, missing } of recordings.values()) {
		// what was said must lie somewhere
		if (Object.keys(texts).length === 0) texts.txt = text;
		const next = { ...(await publishedRow(row, texts, '', settings, now)), format: '' };
		const message = `Could not be fetched: ${missing.join(', ')}.`;
		rows.push(missing.length > 0 && next.state === 'done' ? { ...next, message } : next);
	}
	return rows;
}
