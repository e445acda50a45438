// @ts-check
import { askedAgain } from './askedAgain.js';
import { formatsOf } from './formatsOf.js';
import { jobOutcome } from './jobOutcome.js';
import { publishedFiles } from './publishedFiles.js';
import { publishedRow } from './publishedRow.js';

/**
 * What becomes of jobs that were asked for: those that have ended get their files or their note, the
 * others are asked for again. One job's trouble never stops the others.
 *
 * @param {Array<{ row: WatchedRow, result: CodeNodeItem }>} asked
 * @param {CodeNode['helpers']} helpers
 * @param {Record<string, any>} settings
 * @param {number} now in milliseconds since 1970
 * @returns {Promise<WatchedRow[]>}
 */
export async function rowsAskedForAnyProvider(asked, helpers, settings, now) {
	const rows = [];
	for (const [index, { row, result }] of asked.entries()) {
		const { isCompleted, failure, trouble } = jobOutcome(result?.json ?? {});
		if (isCompleted) {
			const files = await filesOf(index);
			rows.push(await publishedFiles(row, result.json.text, files, settings, now));
		} else if (failure) {
			rows.push(await publishedRow(row, {}, failure, settings, now));
		} else {
			rows.push(askedAgain(row, trouble, now));
		}
	}
	return rows;

	/** What came with a transcript, by its format; undefined for what is missing. */
	async function filesOf(index) {
		const { binary = {} } = asked[index].result;
		/** @type {Record<string, Buffer | undefined>} */
		const files = {};
		for (const format of formatsOf(settings).filter((each) => each !== 'txt')) {
			files[format] = binary[format] && (await helpers.getBinaryDataBuffer(index, format));
		}
		return files;
	}
}
