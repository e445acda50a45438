// @ts-check
/** What becomes of a row whose time is up; any other state stays. */
const AFTERWARDS = {
	waiting: 'sending',
	started: 'transcribing',
	ended: 'transcribing',
	completed: 'transcribing',
};

/**
 * What a row becomes whose time is up. What was on its way to a provider is sent again only where that
 * cannot be paid twice.
 *
 * @param {WatchedRow} row
 */
export function afterTimeIsUp({ state, request }) {
	if (state !== 'starting') return AFTERWARDS[state] ?? state;
	return JSON.parse(request).isKeyed ? 'sending' : 'unsure';
}
