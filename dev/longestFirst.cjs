const { default: Sequencer } = require('@jest/test-sequencer');

/** Suites that take minutes, the longest first: what starts last should not be what takes longest. */
const longest = [
	'templates/google-drive-transcripts-in-bulk',
	'folder-watcher-crash',
	'templates/transcript-to-posts',
	'templates/rate-limited-backlog',
	'templates/rate-limited-backlog-redis',
	'folder-watcher',
	'templates/google-drive-transcripts',
	'templates/meeting-recorder',
	'templates/folder-watcher-any-provider',
	'dropbox',
	'templates/starters',
	'wait-for-callback',
	'importing',
	'shared/http/outlasting',
	'advice/advice',
	'shared/wait/outages',
	'hostileReplies',
	'shared/http/networkCodes',
].map((name) => `/${name}.test.ts`);

/** How late a suite is started; those that take no minutes come last, in jest's own order. */
function placeOf({ path }) {
	const place = longest.findIndex((name) => path.replaceAll('\\', '/').endsWith(name));
	return place === -1 ? longest.length : place;
}

/** Starts the longest suites first, also in a fresh clone, where jest knows no durations yet. */
module.exports = class LongestFirst extends Sequencer {
	async sort(tests) {
		const sorted = [...(await super.sort(tests))];
		return sorted.sort((a, b) => placeOf(a) - placeOf(b));
	}
};
