// @ts-check
import { fileFlaw } from './fileFlaw.js';
import { sendingTrouble } from './sendingTrouble.js';

const MOST_BYTES = 5 * 1024 ** 3;
const START_LEASE_MS = 150_000;

/**
 * What becomes of files once they are uploaded. One that was written to since it was found is a new one:
 * it loses its row, and the next look finds it.
 *
 * @param {Array<{ row: WatchedRow, read: any, hash: any, upload: any }>} sent
 * @param {Record<string, any>} settings
 * @param {number} now in milliseconds since 1970
 * @returns {Promise<WatchedRow[]>}
 */
export async function rowsUploaded(sent, settings, now) {
	const { diarize, align, webhookUrl } = settings;
	const request = JSON.stringify({ diarize, align, webhookUrl: webhookUrl ?? '' });
	const rows = [];
	for (const { row, read, hash, upload } of sent) {
		const flaw = (await fileFlaw(row, read, hash, now)) ?? tooLarge(row);
		const { uploadId } = upload ?? {};
		const isUploaded = !flaw && uploadId;
		const { contentHash } = hash ?? {};
		const began = { state: 'uploaded', message: '', uploadId, contentHash, request };
		const next = isUploaded
			? { ...began, owner: `${row.owner}+`, until: now + START_LEASE_MS }
			: (flaw ?? sendingTrouble(row, upload, now));
		rows.push({ ...row, ...next });
	}
	return rows;

	function tooLarge({ size }) {
		if (size <= MOST_BYTES) return undefined;
		const message = 'FILE_TOO_LARGE: Scriptivox takes 5 GB at most.';
		return { state: 'refused', message, owner: '', until: now };
	}
}
