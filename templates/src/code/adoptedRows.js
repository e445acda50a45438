// @ts-check
import { newRow } from './newRow.js';

/**
 * What the table of version 0.1.0 still had under way, as rows of this one: paid jobs are fetched, noted
 * uploads are started under their key, failures get their note. The rest is found anew in the folder.
 *
 * @param {Array<Record<string, any>>} oldRows
 * @param {WatchedRow[]} rows that are known already
 * @param {Map<string, FoundFile>} files
 * @param {string} folder
 * @param {number} now in milliseconds since 1970
 * @returns {WatchedRow[]}
 */
export function adoptedRows(oldRows, rows, files, folder, now) {
	const known = new Set(rows.flatMap((row) => [row.key, row.job]).filter(Boolean));
	const underWay = oldRows.filter((row) => row.path && !['done', 'failed'].includes(row.state));
	return underWay.flatMap((old) => {
		if (known.has(old.idempotencyKey) || known.has(old.transcriptionId)) return [];
		const isThere = files.get(old.path)?.version === old.version;
		const state = stateOf(old, isThere);
		if (!state) return [];
		const file = old.path.slice(old.path.lastIndexOf('/') + 1);
		const { path, version, changedAt } = old;
		const found = { file, path, version, changedAt, size: 0, isTaken: true, changedMs: 0 };
		const row = newRow(found, { folder, state, owner: '', until: now, since: isoOf(now) });
		return [
			{
				...row,
				job: old.transcriptionId ?? '',
				message: [old.errorCode, old.errorMessage].filter(Boolean).join(': '),
				uploadId: old.uploadId ?? '',
				request: old.request ?? '',
				key: old.idempotencyKey || `${old.path}\n${old.version}`,
			},
		];
	});
}

/**
 * @param {Record<string, any>} old
 * @param {boolean} isThere whether the file is as it was
 * @returns {string | undefined} undefined for what has not begun
 */
function stateOf(old, isThere) {
	if (old.errorCode) return 'refused';
	if (old.transcriptionId) return 'transcribing';
	return old.uploadId && old.request && isThere ? 'uploaded' : undefined;
}

const isoOf = (now) => new Date(now).toISOString();
