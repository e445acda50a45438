// @ts-check
import { adoptedRows } from './adoptedRows.js';
import { folderOf } from './folderOf.js';
import { foldersThatRefuse } from './foldersThatRefuse.js';
import { foundFiles } from './foundFiles.js';
import { hiddenFolderOf } from './hiddenFolderOf.js';
import { newRow } from './newRow.js';
import { newRuns } from './newRuns.js';
import { noteBusy } from './noteBusy.js';
import { overdueOrders } from './overdueOrders.js';
import { releaseLock } from './releaseLock.js';
import { runTokens } from './runTokens.js';
import { saidOnce } from './saidOnce.js';
import { sweepTexts } from './sweepTexts.js';
import { uploadsAtWork } from './uploadsAtWork.js';

const UNDER_WAY_WITHOUT_LIMIT = 200;
const OTHER_DISK =
	'The Code nodes see another disk than n8n, as those of external task runners do. Give the runners the ' +
	'same folders as n8n, under the same paths, or run the Code nodes within n8n (N8N_RUNNERS_MODE=internal).';

/**
 * Looks into the input folder: gives a row for each file that is new and lies still, and an order for
 * each run that is to work on them, or on what is overdue.
 *
 * @param {CodeNode} n8n
 */
export async function lookIntoFolder({ $ }) {
	const settings = $('Settings').first().json;
	const { look, lock, folder } = $('Take the Look').first().json;
	const rowsOf = (items) => items.map(({ json }) => json).filter(({ id }) => id !== undefined);
	try {
		if ($('Same Disk').first().json.error) throw new Error(OTHER_DISK);
		const rows = rowsOf($('Files under Way').all());
		const oldRows = rowsOf($('Files of 0.1.0').all());
		const found = await plan(settings, look, folder, rows, oldRows);
		if (found.length === 0) await releaseLock(lock, look);
		return found.map((json) => ({ json }));
	} catch (error) {
		await releaseLock(lock, look);
		throw error;
	}
}

/**
 * @param {Record<string, any>} settings
 * @param {string} look its name
 * @param {string} folder
 * @param {WatchedRow[]} known rows: those under way, and what has ended of an earlier version's table
 * @param {Array<Record<string, any>>} oldRows of the table of version 0.1.0
 * @returns {Promise<Array<WatchedRow | RunOrder>>}
 */
async function plan(settings, look, folder, known, oldRows) {
	const rows = known.filter(({ endedAt }) => !endedAt);
	const now = Date.now();
	const since = new Date(now).toISOString();
	const { outputFolder, doneFolder, failedFolder, subfolders, settleSeconds } = settings;
	const ownFolders = [outputFolder, doneFolder, failedFolder].map(folderOf);
	const files = await foundFiles(folder, Boolean(subfolders), ownFolders);
	await sweepTexts(hiddenFolderOf(settings), rows, now);

	const drops = new Set(rows.map(({ path, version }) => JSON.stringify([path, version])));
	const isNew = (file) => !drops.has(JSON.stringify([file.path, file.version]));
	const isStill = ({ changedMs }) => now - changedMs >= settleSeconds * 1000;
	const still = [...files.values()].filter((file) => isNew(file) && isStill(file));
	if (still.length > 0) {
		const places = still.map(({ path }) => path.slice(0, path.lastIndexOf('/')));
		const refusals = await foldersThatRefuse([...new Set([...places, doneFolder, failedFolder])]);
		if (await saidOnce(outputFolder, refusals.join('\n'))) still.length = 0;
	}

	const tokenOf = runTokens(look);
	const isAsItWas = (row) => files.get(row.path)?.version === row.version;
	const free = Math.max(0, settings.maxParallel - uploadsAtWork(rows, now));
	if (free === 0) await noteBusy(hiddenFolderOf(settings), now);
	const orders = overdueOrders(rows, { settings, folder, now, free, tokenOf, isAsItWas });
	const taken = orders.filter(({ as }) => ['sending', 'uploaded'].includes(as));
	const left = free - taken.reduce((sum, { parallel }) => sum + parallel, 0);
	const beforeJob = rows.filter(({ job, state }) => !job && state !== 'refused').length;
	const room = (settings.uploadsPerMinute || UNDER_WAY_WITHOUT_LIMIT) - beforeJob;

	const refused = still.filter(({ isTaken }) => !isTaken);
	const message = 'FORMAT_NOT_TAKEN: Scriptivox does not take files of this kind.';
	const newRows = refused.map((file) =>
		newRow(file, { folder, state: 'refused', since, owner: '', until: now, message }),
	);
	for (const run of newRuns(
		still.filter(({ isTaken }) => isTaken),
		settings,
		left,
		room,
	)) {
		const { parallel } = run;
		const [token, until] = [tokenOf(parallel), now + run.leaseMs];
		for (const file of run.files) {
			newRows.push(newRow(file, { folder, state: 'sending', since, owner: token, until }));
		}
		const whole = { firstId: 0, lastId: Number.MAX_SAFE_INTEGER, before: until };
		const as = 'sending';
		orders.push({ folder, from: token, state: as, as, ...whole, token, until, parallel });
	}
	if (refused.length > 0) orders.push(ofRefused(folder, tokenOf(1), now));
	return [...adoptedRows(oldRows, known, files, folder, now), ...newRows, ...orders];
}

/**
 * What the run takes that writes the notes of files whose kind is not taken.
 *
 * @param {string} folder
 * @param {string} token
 * @param {number} now in milliseconds since 1970
 * @returns {RunOrder}
 */
function ofRefused(folder, token, now) {
	return {
		folder,
		from: '',
		state: 'refused',
		as: 'refused',
		before: now,
		firstId: 0,
		lastId: Number.MAX_SAFE_INTEGER,
		token,
		until: now + 150_000,
		parallel: 1,
	};
}
