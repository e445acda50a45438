// @ts-check
import { formatsOf } from './formatsOf.js';
import { publishedRow } from './publishedRow.js';

/**
 * Writes a recording's text and the files beside it. What could not be fetched keeps nothing back, and is
 * said in the row.
 *
 * @param {WatchedRow} row
 * @param {string} text
 * @param {Record<string, Buffer | undefined>} files by their formats; undefined for what is missing
 * @param {Record<string, any>} settings
 * @param {number} now in milliseconds since 1970
 * @returns {Promise<WatchedRow>}
 */
export async function publishedFiles(row, text, files, settings, now) {
	const there = Object.entries(files).filter(([, file]) => file !== undefined);
	const missing = Object.keys(files).filter((format) => files[format] === undefined);
	// what was said must lie somewhere
	const isText = formatsOf(settings).includes('txt') || there.length === 0;
	const texts = { ...(isText && { txt: text ?? '' }), ...Object.fromEntries(there) };
	const next = await publishedRow(row, texts, '', settings, now);
	const message = `Could not be fetched: ${missing.join(', ')}.`;
	return missing.length > 0 && next.state === 'done' ? { ...next, message } : next;
}
