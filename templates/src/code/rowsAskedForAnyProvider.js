// @ts-check
import { askedAgain } from './askedAgain.js';
import { formatsOf } from './formatsOf.js';
import { publishedFiles } from './publishedFiles.js';
import { publishedRow } from './publishedRow.js';
import { refusalKind } from './refusalKind.js';
import { withoutItemNumber } from './withoutItemNumber.js';

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
		const { status, text, errorCode, errorMessage, httpStatus } = result?.json ?? {};
		const reason = withoutItemNumber(errorMessage ?? '');
		// the node says of a job that failed that it could not transcribe the recording
		const hasFailed = status === 'failed' || /could not transcribe the recording/.test(reason);
		const known = { code: errorCode, status: httpStatus, words: reason };
		const isLost = refusalKind(known) === 'missing';
		if (status === 'completed') {
			rows.push(await publishedFiles(row, text, await filesOf(index), settings, now));
		} else if (hasFailed || isLost) {
			const message = `${errorCode || 'UNKNOWN'}: ${reason || 'No reason was given.'}`;
			rows.push(await publishedRow(row, {}, message, settings, now));
		} else {
			// that it has not finished is nothing that one has to know
			const trouble = /has not finished within/.test(reason) ? '' : reason;
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
