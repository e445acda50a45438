// @ts-check
import { folderActions } from './folderActions.js';

const FINISH_LEASE_MS = 10 * 60 * 1000;
const INTERRUPTED = {
	state: 'rejected',
	errorCode: 'INTERRUPTED',
	errorMessage:
		'n8n stopped while the provider worked at the file, and no idempotency key was sent: trying again might be paid twice. Look in the account whether the job exists. To try again, move the recording back into the input folder.',
};

/**
 * Lists the input folder and says what to do about each file: record, forget, claim or release.
 *
 * @param {CodeNode} n8n
 */
export async function lookIntoFolderForAnyProvider({ $, $input }) {
	const settings = $('Settings').first().json;
	// an upload on a slow line, and the wait for the transcript
	const workLeaseMs = 12 * 3600 * 1000 + settings.timeoutMinutes * 60 * 1000;
	const rows = $input
		.all()
		.map((item) => item.json)
		.filter((row) => row.id !== undefined);
	return await folderActions(settings, rows, 'working', (row, now) => {
		const { errorCode, errorMessage } = row;
		if (row.state === 'working' && now - row.claimedAt > workLeaseMs) {
			// without a key a second try might be paid a second time
			const mayBePaid = row.sentAt && !row.idempotencyKey;
			return mayBePaid ? INTERRUPTED : { state: '' };
		}
		if (row.state === 'finishing' && now - row.claimedAt > FINISH_LEASE_MS) {
			return { state: errorCode ? 'rejected' : 'transcribed', errorCode, errorMessage };
		}
		return undefined;
	});
}
