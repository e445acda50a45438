// @ts-check
import { foldersThatRefuse } from './foldersThatRefuse.js';
import { folderOf } from './folderOf.js';
import { foundFiles } from './foundFiles.js';
import { hiddenFolderOf } from './hiddenFolderOf.js';
import { lookIsOver } from './lookIsOver.js';
import { newRow } from './newRow.js';
import { newRuns } from './newRuns.js';
import { noteBusy } from './noteBusy.js';
import { overdueOrders } from './overdueOrders.js';
import { runTokens } from './runTokens.js';
import { saidOnce } from './saidOnce.js';
import { sweepTexts } from './sweepTexts.js';
import { tellStalled } from './tellStalled.js';
import { uploadsAtWork } from './uploadsAtWork.js';

const UNDER_WAY_WITHOUT_LIMIT = 200;
const ALL_TAKEN_MS = 5_000;
const LAST_ID = 2 ** 31 - 1; // PostgreSQL refuses to compare a row's ID with a larger number
const OTHER_DISK =
	'The Code nodes see another disk than n8n, as those of external task runners do. Give the runners the ' +
	'same folders as n8n, under the same paths, or run the Code nodes within n8n (N8N_RUNNERS_MODE=internal).';

/**
 * Looks into the input folder: gives a row for each file that is new and lies still, and an order for
 * each run that is to work on them, or on what is overdue.
 *
 * @param {CodeNode['$']} $
 * @param {Record<string, any>} settings
 * @param {object} watcher what one watcher does otherwise than another
 * @param {(file: FoundFile) => string} watcher.refusalOf why a file is not sent at all; empty where it is
 * @param {(oldRows: Array<Record<string, any>>, known: WatchedRow[], files: Map<string, FoundFile>,
 *   folder: string, now: number) => Promise<WatchedRow[]>} watcher.adopted what becomes of the rows that an
 *   earlier version had under way
 */
export async function lookedInto($, settings, watcher) {
	const taken = $('Take the Look').first().json;
	const rowsOf = (items) => items.map(({ json }) => json).filter(({ id }) => id !== undefined);
	try {
		if ($('Same Disk').first().json.error) throw new Error(OTHER_DISK);
		const rows = rowsOf($('Files under Way').all());
		const oldRows = rowsOf($('Files of 0.1.0').all());
		const found = await plan(settings, taken.look, taken.folder, rows, oldRows, watcher);
		if (found.length === 0) await lookIsOver(settings, taken);
		return found.map((json) => ({ json }));
	} catch (error) {
		await lookIsOver(settings, taken);
		throw error;
	}
}

/**
 * @param {Record<string, any>} settings
 * @param {string} look its name
 * @param {string} folder
 * @param {WatchedRow[]} known rows: those under way, and what has ended of an earlier version's table
 * @param {Array<Record<string, any>>} oldRows of the table of version 0.1.0
 * @param {any} watcher
 * @returns {Promise<Array<WatchedRow | RunOrder>>}
 */
async function plan(settings, look, folder, known, oldRows, { refusalOf, adopted }) {
	const rows = known.filter(({ endedAt }) => !endedAt);
	const now = Date.now();
	const since = new Date(now).toISOString();
	const { outputFolder, doneFolder, failedFolder, subfolders, settleSeconds } = settings;
	const ownFolders = [outputFolder, doneFolder, failedFolder].map(folderOf);
	const files = await foundFiles(folder, Boolean(subfolders), ownFolders);
	await sweepTexts(hiddenFolderOf(settings), rows, now);

	const old = await adopted(oldRows, known, files, folder, now);
	const dropOf = ({ path, version }) => JSON.stringify([path, version]);
	const drops = new Set([...rows, ...old].map(dropOf));
	const isNew = (file) => !drops.has(dropOf(file));
	const isStill = ({ changedMs }) => now - changedMs >= settleSeconds * 1000;
	const fresh = [...files.values()].filter(isNew);
	const still = fresh.filter(isStill);
	const restless = fresh.filter((file) => !isStill(file));
	await tellStalled(settings, [...rows, ...old], restless, now);
	if (still.length > 0) {
		const places = still.map(({ path }) => path.slice(0, path.lastIndexOf('/')));
		const refusals = await foldersThatRefuse([...new Set([...places, doneFolder, failedFolder])]);
		if (await saidOnce(outputFolder, refusals.join('\n'))) still.length = 0;
	}

	const tokenOf = runTokens(look);
	const isAsItWas = (row) => files.get(row.path)?.version === row.version;
	const free = Math.max(0, settings.maxParallel - uploadsAtWork(rows, now));
	if (free === 0) await noteBusy(hiddenFolderOf(settings), now + ALL_TAKEN_MS);
	const orders = overdueOrders(rows, { settings, folder, now, free, tokenOf, isAsItWas });
	const taken = orders.filter(({ as }) => ['sending', 'uploaded'].includes(as));
	const left = free - taken.reduce((sum, { parallel }) => sum + parallel, 0);
	const beforeJob = rows.filter(({ job, state }) => !job && state !== 'refused').length;
	const room = (settings.uploadsPerMinute || UNDER_WAY_WITHOUT_LIMIT) - beforeJob;

	const refused = still.filter(refusalOf);
	const newRows = refused.map((file) =>
		newRow(file, {
			folder,
			state: 'refused',
			since,
			owner: '',
			until: now,
			message: refusalOf(file),
		}),
	);
	for (const run of newRuns(
		still.filter((file) => !refusalOf(file)),
		settings,
		left,
		room,
	)) {
		const { parallel } = run;
		const [token, until] = [tokenOf(parallel), now + run.leaseMs];
		for (const file of run.files) {
			newRows.push(newRow(file, { folder, state: 'sending', since, owner: token, until }));
		}
		const whole = { firstId: 0, lastId: LAST_ID, before: until };
		const as = 'sending';
		orders.push({ folder, from: token, state: as, as, ...whole, token, until, parallel });
	}
	if (refused.length > 0) orders.push(ofRefused(folder, tokenOf(1), now));
	return [...old, ...newRows, ...orders];
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
		lastId: LAST_ID,
		token,
		until: now + 150_000,
		parallel: 1,
	};
}
