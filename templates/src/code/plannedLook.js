// @ts-check
import { foldersThatRefuse } from './foldersThatRefuse.js';
import { folderOf } from './folderOf.js';
import { foundFiles } from './foundFiles.js';
import { hiddenFolderOf } from './hiddenFolderOf.js';
import { newWork } from './newWork.js';
import { noteBusy } from './noteBusy.js';
import { overdueOrders } from './overdueOrders.js';
import { runTokens } from './runTokens.js';
import { saidOnce } from './saidOnce.js';
import { sweepTexts } from './sweepTexts.js';
import { tellStalled } from './tellStalled.js';
import { uploadsAtWork } from './uploadsAtWork.js';

const UNDER_WAY_WITHOUT_LIMIT = 200;
const ALL_TAKEN_MS = 5_000;

/**
 * What is to be done about the files of the input folder and the rows of the table: rows for new files,
 * and orders for runs.
 *
 * @param {Record<string, any>} settings
 * @param {string} look its name
 * @param {string} folder
 * @param {WatchedRow[]} known rows: those under way, and what has ended of an earlier version's table
 * @param {Array<Record<string, any>>} oldRows of the table of version 0.1.0
 * @param {any} watcher
 * @returns {Promise<Array<WatchedRow | RunOrder>>}
 */
export async function plannedLook(settings, look, folder, known, oldRows, { refusalOf, adopted }) {
	const rows = known.filter(({ endedAt }) => !endedAt);
	const now = Date.now();
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

	const given = { settings, folder, refusalOf, tokenOf, now, left, room };
	const { newRows, newOrders } = newWork(still, given);
	return [...old, ...newRows, ...orders, ...newOrders];
}
