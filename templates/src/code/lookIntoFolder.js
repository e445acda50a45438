// @ts-check
import { folderActions } from './folderActions.js';

const UPLOAD_LEASE_MS = 12 * 3600 * 1000; // longer than 5 GB take on a slow line
const FINISH_LEASE_MS = 10 * 60 * 1000;

/**
 * Lists the input folder and says what to do about each file: record, forget, claim or release.
 *
 * @param {CodeNode} n8n
 */
export async function lookIntoFolder({ $, $input }) {
	const settings = $('Settings').first().json;
	const rows = $input
		.all()
		.map((item) => item.json)
		.filter((row) => row.id !== undefined);
	return await folderActions(settings, rows, 'uploading', (row, now) => {
		if (row.state === 'uploading' && now - row.claimedAt > UPLOAD_LEASE_MS) return { state: '' };
		if (row.state === 'finishing' && now - row.claimedAt > FINISH_LEASE_MS) {
			return { state: row.errorCode ? 'rejected' : 'submitted' };
		}
		return undefined;
	});
}
