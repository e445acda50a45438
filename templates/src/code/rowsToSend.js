// @ts-check
import { fileFlaw } from './fileFlaw.js';
import { leaseMs } from './leaseMs.js';

const PACING_MS = 60_000;
// without a key a run that died cannot be repeated, so that there is no hurry to take over from it
const MORE_WITHOUT_KEY_MS = 600_000;

/**
 * What becomes of files that have been read: they are about to be sent, which is written down before.
 *
 * @param {Array<{ row: WatchedRow, read: any, hash: any }>} sent
 * @param {Record<string, any>} options of the provider's node
 * @param {Record<string, any>} settings
 * @param {number} now in milliseconds since 1970
 * @returns {Promise<WatchedRow[]>}
 */
export async function rowsToSend(sent, options, settings, now) {
	const isKeyed = !['', 'none'].includes(options.idempotencyKey ?? '');
	const request = JSON.stringify({ isKeyed });
	const bytes = sent.reduce((sum, { row }) => sum + row.size, 0);
	const parallel = Number(sent[0].row.owner.replace(/\++$/, '').split('.').at(-1));
	const lease = leaseMs(bytes, parallel, settings) + PACING_MS;
	const until = now + lease + (isKeyed ? 0 : MORE_WITHOUT_KEY_MS);
	const rows = [];
	for (const { row, read, hash } of sent) {
		const { contentHash } = hash ?? {};
		const begins = { state: 'starting', message: '', contentHash, request };
		const ready = { ...begins, owner: `${row.owner}+`, until };
		rows.push({ ...row, ...((await fileFlaw(row, read, hash, now)) ?? ready) });
	}
	return rows;
}
