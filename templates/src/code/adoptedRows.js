// @ts-check
import { newRow } from './newRow.js';

/**
 * What the table of version 0.1.0 still had under way, as rows of this one: what is paid is fetched, what
 * was sent is gone on with under its key, failures get their note. The rest is found anew in the folder.
 *
 * @param {Array<Record<string, any>>} oldRows
 * @param {WatchedRow[]} rows that are known already
 * @param {Map<string, FoundFile>} files
 * @param {string} folder
 * @param {number} now in milliseconds since 1970
 * @param {(old: Record<string, any>, isThere: boolean) => object | undefined} stateOf what a row becomes;
 *   undefined for what has not begun
 * @returns {WatchedRow[]}
 */
export function adoptedRows(oldRows, rows, files, folder, now, stateOf) {
	const known = new Set(rows.map(({ key }) => key).filter(Boolean));
	const underWay = oldRows.filter((row) => row.path && !['done', 'failed'].includes(row.state));
	return underWay.flatMap((old) => {
		const { path, version, changedAt, errorCode, errorMessage } = old;
		const key = old.idempotencyKey || `${path}\n${version}`;
		const isThere = files.get(path)?.version === version;
		const begun = known.has(key) ? undefined : stateOf(old, isThere);
		if (!begun) return [];
		const file = path.slice(path.lastIndexOf('/') + 1);
		const found = { file, path, version, changedAt, size: 0, isTaken: true, changedMs: 0 };
		const since = new Date(now).toISOString();
		const message = [errorCode, errorMessage].filter(Boolean).join(': ');
		const row = newRow(found, { folder, state: '', owner: '', until: now, since, message });
		return [{ ...row, key, ...begun }];
	});
}
