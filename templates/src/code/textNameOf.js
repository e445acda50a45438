// @ts-check

/**
 * The hidden name of a recording's text, without its extension: that of its job, or of the file itself.
 *
 * @param {Pick<WatchedRow, 'job' | 'version'>} row
 */
export function textNameOf({ job, version }) {
	return (job || version).replace(/[^\w-]/g, '-');
}
