// @ts-check
import { driveChange } from './driveChange.js';
import { isWorkedOn } from './isWorkedOn.js';
import { unsureOutcome } from './unsureOutcome.js';

const KEPT_MS = 30 * 24 * 3600 * 1000;
const MOVED_AFTER_MS = 30 * 1000; // a search in Drive may be out of date for some seconds
const TOLD_AFTER_MS = 10 * 60_000; // a move that failed is tried by each look until then
const TO_DO = ['waiting', 'downloading', 'submitted'];
const TO_TELL = 'to tell';
const NOT_MOVED = {
	state: 'notMoved',
	errorCode: 'NOT_MOVED',
	errorMessage:
		'Its document and its subtitles are written, but Drive does not let it be moved into the Done folder.',
};

/**
 * Sorts the files that nobody works on by what is to be done about them; what rests is left out.
 *
 * @param {Array<Record<string, any>>} rows of the table, oldest first
 * @param {Set<string>} present the IDs of the files that are in the folder
 * @param {number} now in milliseconds since 1970
 * @returns {{ told: any[], forgotten: any[], moved: any[], free: any[] }} changes of rows; `free`: the rows
 *   of files to work on, as they are
 */
export function driveDecisions(rows, present, now) {
	const known = new Set();
	/** @type {Record<'told' | 'forgotten' | 'moved' | 'free', any[]>} */
	const decisions = { told: [], forgotten: [], moved: [], free: [] };
	for (const row of rows) {
		const isGone = !present.has(row.fileId);
		const isWritten = ['done', 'notMoved'].includes(row.state);
		const ageMs = now - row.finishedAt;
		const isOld = isWritten && ageMs > KEPT_MS;
		const isIdle = ['waiting', 'skipped'].includes(row.state);
		// the trigger and the schedule may both have recorded a file: its first row counts
		const isSecond = known.has(row.fileId);
		known.add(row.fileId);
		if (isWorkedOn(row, now)) continue;
		if (row.state === 'sending') decisions.told.push(driveChange(row, unsureOutcome(row)));
		else if (row.owner === TO_TELL) decisions.told.push(driveChange(row, { state: row.state }));
		else if (row.state === 'gone' || (isIdle && (isSecond || isGone)) || (isOld && isGone)) {
			decisions.forgotten.push(driveChange(row, { state: 'gone' }));
		} else if (row.state === 'done' && !isGone && ageMs > TOLD_AFTER_MS && !row.errorCode) {
			decisions.told.push(driveChange(row, NOT_MOVED));
		} else if (isWritten && !isGone && ageMs > MOVED_AFTER_MS) {
			decisions.moved.push(driveChange(row, { state: 'done' }));
		} else if (TO_DO.includes(row.state) && !isSecond) {
			decisions.free.push(row);
		}
	}
	return decisions;
}
