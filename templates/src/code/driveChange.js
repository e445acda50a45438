// @ts-check
/**
 * What is to become of a file's row, provided that it is as it was.
 *
 * @param {Record<string, any>} row
 * @param {Record<string, any>} columns that change
 */
export function driveChange(row, columns) {
	return {
		id: row.id,
		from: row.state,
		wasOwner: row.owner ?? null,
		owner: '',
		attempts: row.attempts ?? 0,
		claimedAt: row.claimedAt ?? 0,
		docxId: row.docxId ?? '',
		srtId: row.srtId ?? '',
		errorCode: row.errorCode ?? '',
		errorMessage: row.errorMessage ?? '',
		...columns,
	};
}
