// @ts-check

/**
 * The row of a file that is new.
 *
 * @param {FoundFile} found
 * @param {Pick<WatchedRow, 'folder' | 'state' | 'owner' | 'until' | 'since'> & Partial<WatchedRow>} more
 * @returns {WatchedRow}
 */
export function newRow({ file, path, version, changedAt, size }, more) {
	return {
		file,
		job: '',
		message: '',
		output: '',
		path,
		version,
		changedAt,
		size,
		attempts: 0,
		waitsSince: null,
		contentHash: '',
		request: '',
		key: '',
		endedAt: null,
		...more,
	};
}
