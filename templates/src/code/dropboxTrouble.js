// @ts-check
import { notedRow } from './notedRow.js';
import { troubleOf } from './troubleOf.js';

const MINUTE = 60_000;

/**
 * What becomes of each file that something went wrong with. Only what is wrong with the file counts
 * against it: while the line, Dropbox, Whipscribe or a balance is in trouble it waits.
 *
 * @param {CodeNode} n8n
 */
export function dropboxTrouble({ $, $input, $prevNode }) {
	const { maxAttempts, retryMinutes } = $('Settings').first().json;
	const stage = $prevNode.name;

	function columnsOf(row, json) {
		const { message, isPassing } = troubleOf(json);
		const isJobFailed = stage === 'Wait for Job' && message.includes('could not transcribe');
		const isLate = stage === 'Wait for Job' && message.includes('has not finished within');
		const isSent =
			!isJobFailed && !['Download File', 'Name Recording', 'Start Job'].includes(stage);
		const job = isJobFailed
			? { generation: (row.generation ?? 0) + 1, jobId: '', claimToken: '' }
			: {
					generation: row.generation ?? 0,
					jobId: row.jobId ?? '',
					claimToken: row.claimToken ?? '',
				};
		const counts = !isLate && (isJobFailed || !isPassing);
		const tries = row.attempts ?? 0;
		// a try to send was counted when the file was taken
		const attempts = counts ? tries + (isSent ? 1 : 0) : Math.max(0, tries - (isSent ? 0 : 1));
		const isLeft = !counts || tries < maxAttempts;
		const again = isSent ? 'submitted' : 'waiting';
		return {
			...job,
			state: isLeft ? again : 'givenUp',
			attempts,
			// a job that is under way is looked at again at once
			notBefore: isLate || !isLeft ? 0 : Date.now() + retryMinutes * Math.max(1, tries) * MINUTE,
			errorMessage: isLate ? '' : message,
		};
	}

	return $input.all().map(({ json }, item) => {
		const row = notedRow($, item, ['Note Job']);
		const { id, state: from, notBefore: lease } = row;
		return { json: { id, from, lease, ...columnsOf(row, json) }, pairedItem: { item } };
	});
}
