// @ts-check
import { mkdir } from 'fs/promises';
import { recordingsIn } from './recordingsIn.js';

const NEW_FILES_AT_ONCE = 500; // a scan that records more would outlast its ten seconds
const SETTLE_MS = 1000; // two scans may overlap; two looks must lie at least this far apart

/**
 * Lists the input folder and says what to do about each file: record, forget, claim or release.
 *
 * @param {Record<string, any>} settings
 * @param {Array<Record<string, any>>} rows of the ledger
 * @param {string} busyState of the files that count against maxParallel
 * @param {(row: Record<string, any>, now: number) => object | undefined} releaseOf what a row
 *   becomes whose lease has run out
 */
export async function folderActions(settings, rows, busyState, releaseOf) {
	const folder = settings.inputFolder.replace(/\/+$/, '');
	const now = Date.now();
	for (const each of [folder, settings.outputFolder, settings.doneFolder, settings.failedFolder]) {
		await mkdir(each, { recursive: true });
	}
	const files = await recordingsIn(folder);

	const actions = [];
	const recorded = new Set();
	const claimable = [];
	rows.sort((a, b) => Number(!a.state) - Number(!b.state) || a.id - b.id);
	for (const row of rows) {
		const file = files.get(row.path);
		const drop = JSON.stringify([row.path, row.version]);
		const release = releaseOf(row, now);
		if (!row.state) {
			const isCurrent = file !== undefined && file.version === row.version && !recorded.has(drop);
			if (!isCurrent) actions.push({ action: 'forget', id: row.id });
			else if (now - row.seenAt >= SETTLE_MS) claimable.push(row);
		} else if (release) {
			const { id, owner, state: from } = row;
			actions.push({ action: 'release', id, owner, from, ...release });
		}
		recorded.add(drop);
	}

	const isNew = (file) => !recorded.has(JSON.stringify([file.path, file.version]));
	for (const file of [...files.values()].filter(isNew).slice(0, NEW_FILES_AT_ONCE)) {
		actions.push({ action: 'record', ...file, seenAt: now });
	}

	const busy = rows.filter((row) => row.state === busyState).length;
	const free = Math.max(0, settings.maxParallel - busy);
	claimable.sort(
		(a, b) => (a.attempts ?? 0) - (b.attempts ?? 0) || a.seenAt - b.seenAt || a.id - b.id,
	);
	for (const row of claimable.slice(0, free)) {
		actions.push({ action: 'claim', id: row.id, attempts: (row.attempts ?? 0) + 1 });
	}
	return actions.map((json) => ({ json }));
}
