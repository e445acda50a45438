// @ts-check

/**
 * The rows that a run has just worked on, in the order in which its steps gave what they gave.
 *
 * @param {CodeNode['$']} $
 * @returns {WatchedRow[]}
 */
export function ownWork($) {
	const entered = $('Write Rows').isExecuted ? $('Write Rows').all() : $('Take the Files').all();
	const isWorkedOn = ({ owner, state }) => owner && state !== 'dropped' && state !== 'failed';
	return entered.map(({ json }) => json).filter(isWorkedOn);
}
