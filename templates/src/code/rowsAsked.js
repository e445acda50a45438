// @ts-check
import { askedAgain } from './askedAgain.js';
import { formatsOf } from './formatsOf.js';
import { jobOutcome } from './jobOutcome.js';
import { publishedRow } from './publishedRow.js';

const FILES_LEASE_MS = 300_000;

/**
 * What becomes of jobs that were asked for: those that have ended get their text or their note, the
 * others are asked for again. Where subtitles are wanted a row for each stands for the recording, until
 * they are there. One job's trouble never stops the others.
 *
 * @param {Array<{ row: WatchedRow, result: any }>} asked
 * @param {Record<string, any>} settings
 * @param {number} now in milliseconds since 1970
 * @returns {Promise<WatchedRow[]>}
 */
export async function rowsAsked(asked, settings, now) {
	const subtitles = formatsOf(settings).filter((format) => format !== 'txt');
	const rows = [];
	const seen = new Set();
	for (const { row, result } of asked) {
		if (seen.has(row.job)) continue;
		seen.add(row.job);
		const { isCompleted, failure, trouble } = jobOutcome(result ?? {});
		if (isCompleted && subtitles.length > 0) {
			const lease = { owner: `${row.owner}+`, until: now + FILES_LEASE_MS };
			rows.push(...subtitles.map((format) => ({ ...row, state: 'completed', format, ...lease })));
		} else if (isCompleted) {
			rows.push(await publishedRow(row, { txt: result.text ?? '' }, '', settings, now));
		} else if (failure) {
			rows.push(await publishedRow(row, {}, failure, settings, now));
		} else {
			rows.push(askedAgain(row, trouble, now));
		}
	}
	return rows;
}
