// @ts-check
import { isGivenUp } from './isGivenUp.js';
import { notedRow } from './notedRow.js';
import { troubleOf } from './troubleOf.js';

const MINUTE = 60_000;

/**
 * What becomes of each file that something went wrong with. Only what is wrong with the file counts
 * against it: while the line, Dropbox, Whipscribe or a balance is in trouble it waits, unless one of them
 * fails over it for days. What is paid for is never given up so.
 *
 * @param {CodeNode} n8n
 */
export function dropboxTrouble({ $, $input, $prevNode }) {
	const { maxAttempts, retryMinutes } = $('Settings').first().json;
	const stage = $prevNode.name;

	function columnsOf(row, json) {
		const trouble = troubleOf(json);
		const { message, kind, isPassing } = trouble;
		const isJobFailed = stage === 'Wait for Job' && message.includes('could not transcribe');
		const isLate = stage === 'Wait for Job' && message.includes('has not finished within');
		const isSent =
			!isJobFailed && !['Download File', 'Name Recording', 'Start Job'].includes(stage);
		const isStart = stage === 'Start Job';
		// Whipscribe has no place for it: an address or a setting
		const isUnplaced = isStart && kind === 'missing';
		const counts = !isLate && (isJobFailed || !(isPassing || isUnplaced));
		const tries = row.attempts ?? 0;
		// a try to send was counted when the file was taken
		const attempts = counts ? tries + (isSent ? 1 : 0) : Math.max(0, tries - (isSent ? 0 : 1));
		// a start that was refused would be refused again
		const isRefused = isStart && kind === 'file';
		const now = Date.now();
		// of a file that waits: since when
		const finishedAt = counts || isSent ? null : row.finishedAt || now;
		const isEndless = !counts && isGivenUp(trouble, finishedAt, now);
		const isLeft = !isRefused && !isEndless && (!counts || tries < maxAttempts);
		const again = isSent ? 'submitted' : 'waiting';
		// the key of one that failed, or is gone, would give it again
		const isOver = isJobFailed || (!isLeft && stage === 'Wait for Job' && kind === 'missing');
		const job = isOver
			? { generation: (row.generation ?? 0) + 1, jobId: '', claimToken: '' }
			: {
					generation: row.generation ?? 0,
					jobId: row.jobId ?? '',
					claimToken: row.claimToken ?? '',
				};
		return {
			...job,
			state: isLeft ? again : 'givenUp',
			attempts,
			// a job that is under way is looked at again at once
			notBefore: isLate || !isLeft ? 0 : now + retryMinutes * Math.max(1, tries) * MINUTE,
			errorMessage: isLate ? '' : message,
			finishedAt,
		};
	}

	return $input.all().map(({ json }, item) => {
		const row = notedRow($, item, ['Note Job']);
		const { id, state: from, notBefore: lease } = row;
		return { json: { id, from, lease, ...columnsOf(row, json) }, pairedItem: { item } };
	});
}
