const { default: Sequencer } = require('@jest/test-sequencer');

/** Suites that take minutes, the longest first: what starts last should not be what takes longest. */
const longest = [
	'templates/google-drive-transcripts-in-bulk',
	'folder-watcher-crash',
	'templates/rate-limited-backlog',
	'templates/rate-limited-backlog-redis',
	'folder-watcher',
	'dropbox',
	'templates/meeting-recorder',
	'templates/transcript-to-posts',
	'wait-for-callback',
	'importing',
	'advice/advice',
	'shared/wait/outages',
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
