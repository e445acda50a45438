// @ts-check
import { sendingTrouble } from './sendingTrouble.js';

const ASK_LEASE_MS = 150_000;
const FIRST_POLL_MS = 30_000;

/**
 * What becomes of uploads once their transcriptions are started. Without a webhook they are asked for at
 * once: short recordings are ready by then.
 *
 * @param {Array<{ row: WatchedRow, start: any }>} sent
 * @param {number} now in milliseconds since 1970
 * @returns {WatchedRow[]}
 */
export function rowsStarted(sent, now) {
	return sent.map(({ row, start }) => {
		if (!start?.id) return { ...row, ...sendingTrouble(row, start, now) };
		const isCalled = Boolean(JSON.parse(row.request).webhookUrl);
		return {
			...row,
			state: 'transcribing',
			job: start.id,
			message: '',
			waitsSince: null,
			uploadId: '',
			owner: isCalled ? '' : `${row.owner}+`,
			until: now + (isCalled ? FIRST_POLL_MS : ASK_LEASE_MS),
		};
	});
}
