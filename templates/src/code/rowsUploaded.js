// @ts-check
import { lstat } from 'fs/promises';
import { sendingTrouble } from './sendingTrouble.js';
import { versionOf } from './versionOf.js';

const MOST_BYTES = 5n * 1024n ** 3n;
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
		const flaw = await flawOf(row, read, hash);
		if (flaw === 'changed') continue;
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

	async function flawOf(row, read, hash) {
		const refused = (message) => ({ state: 'refused', message, owner: '', until: now });
		let stats;
		try {
			stats = await lstat(row.path, { bigint: true });
		} catch (error) {
			if (error.code === 'ENOENT') {
				return refused('FILE_GONE: The file left the input folder before it could be sent.');
			}
			return unreadable(row, error.message);
		}
		if (versionOf(stats) !== row.version) return 'changed';
		if (stats.size === 0n) return refused('FILE_EMPTY: The file is empty.');
		if (stats.size > MOST_BYTES) return refused('FILE_TOO_LARGE: Scriptivox takes 5 GB at most.');
		if (!hash?.contentHash) {
			return unreadable(row, read?.error ?? hash?.error ?? 'Its content could not be read.');
		}
		return undefined;
	}

	function unreadable(row, reason) {
		const reply = {
			error: String(reason),
			details: { code: 'FILE_NOT_READABLE', httpStatus: 403 },
		};
		return sendingTrouble(row, reply, now);
	}
}
