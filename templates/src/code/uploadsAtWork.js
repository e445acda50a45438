// @ts-check

/**
 * How many uploads the runs that are at work may make at once, all in all.
 *
 * @param {WatchedRow[]} rows
 * @param {number} now in milliseconds since 1970
 */
export function uploadsAtWork(rows, now) {
	const isAtWork = ({ state, owner, until }) =>
		['sending', 'starting'].includes(state) && owner && until > now;
	const owners = new Set(rows.filter(isAtWork).map(({ owner }) => owner.replace(/\++$/, '')));
	return [...owners].reduce((sum, owner) => sum + Number(owner.split('.').at(-1)), 0);
}
