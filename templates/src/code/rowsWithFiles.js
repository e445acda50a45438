// @ts-check
import { publishedFiles } from './publishedFiles.js';

/**
 * What becomes of transcripts whose subtitles have been fetched: of the rows for each kind one is left,
 * and all is written.
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
		const known = recordings.get(row.job) ?? { row, text: result?.text ?? '', files: {} };
		recordings.set(row.job, known);
		const isThere = Boolean(file?.binary?.data);
		known.files[String(row.format)] = isThere
			? await helpers.getBinaryDataBuffer(index, 'data')
			: undefined;
	}
	const rows = [];
	for (const { row, text, files } of recordings.values()) {
		rows.push({ ...(await publishedFiles(row, text, files, settings, now)), format: '' });
	}
	return rows;
}
