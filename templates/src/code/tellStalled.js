// @ts-check
import { hiddenFolderOf } from './hiddenFolderOf.js';
import { keepNote } from './keepNote.js';
import { restlessSince } from './restlessSince.js';

const STALLED_MS = 6 * 3_600_000; // longer than a job takes, or a copy

/**
 * Says in a note in the output folder which recordings have not got on for six hours: jobs that do not
 * end, files that are written to all the time, and those that wait for the line or the account. The note
 * goes once there are none.
 *
 * @param {Record<string, any>} settings
 * @param {WatchedRow[]} rows that are under way
 * @param {FoundFile[]} restless files that do not lie still
 * @param {number} now in milliseconds since 1970
 */
export async function tellStalled(settings, rows, restless, now) {
	const paths = restless.map(({ path }) => path);
	const writtenSince = await restlessSince(hiddenFolderOf(settings), paths, now);
	const isStalled = (since) => Boolean(since) && now - since >= STALLED_MS;
	const jobs = rows.filter(({ job, since }) => job && isStalled(Date.parse(since)));
	const waiting = rows.filter(({ job, waitsSince }) => !job && isStalled(waitsSince));
	const written = Object.entries(writtenSince).filter(([, since]) => isStalled(since));
	const lines = [
		...jobs.map(({ path, job, since, message }) => {
			return lineOf(path, `the job ${job} has not ended`, Date.parse(since), message);
		}),
		...waiting.map(({ path, waitsSince, message }) => {
			return lineOf(path, 'it could not be sent', Number(waitsSince), message);
		}),
		...written.map(([path, since]) => lineOf(path, 'it has not been still', since, '')),
	];
	const note = `${settings.outputFolder}/folder watcher is waiting.txt`;
	await keepNote(note, lines.sort().join(''));
}

/**
 * @param {string} path which may hold line ends
 * @param {string} what
 * @param {number} since in milliseconds since 1970
 * @param {string} message why, where it is known
 */
function lineOf(path, what, since, message) {
	const time = new Date(since).toISOString();
	const why = message ? `: ${message}` : '';
	return `${JSON.stringify(path).slice(1, -1)}: ${what} since ${time}${why}\n`;
}
