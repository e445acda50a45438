import * as scriptivoxDelivery from '../../../nodes/Scriptivox/delivery';
import { FIRST_LOOK_SECONDS } from '../../../nodes/Scriptivox/waiting';
import { DEFAULT_SETTINGS } from '../../../nodes/Transcript/captionSettings';
import * as transcriptonDelivery from '../../../nodes/Transcripton/delivery';
import { LONGEST_RETRY_AFTER_SECONDS } from '../../../nodes/shared/core/retryAfter';
import { DEFAULT_MAX_PARALLEL, DEFAULT_MAX_RETRIES } from '../../../nodes/shared/core/settings';
import { LINE_LIMITS } from '../../../nodes/shared/http/lineLimits';
import { LONGEST_FOR_A_MODEL, MOST_FOR_A_MODEL } from '../../../nodes/shared/operation/toolOutput';
import { nextLookSeconds } from '../../../nodes/shared/wait/wait';
import { NUMBER_WORDS } from './numberWords';
import { textOf } from './textOf';

const {
	charactersPerLine,
	linesPerCue,
	longestCueSeconds,
	shortestCueSeconds,
	charactersPerSecond,
} = DEFAULT_SETTINGS;
const minutes = (seconds: number) => `${NUMBER_WORDS[seconds / 60]} minutes`;
const grouped = (number: number) => number.toLocaleString('en');

/** What a page says of a limit, made from the code's own. */
const said: Array<[string, string]> = [
	['docs/rate-limits.md', `up to *Max Retries* times (${DEFAULT_MAX_RETRIES})`],
	['docs/rate-limits.md', `A *Max Retries* below ${DEFAULT_MAX_RETRIES} means`],
	['docs/rate-limits.md', `*Max Parallel* (${DEFAULT_MAX_PARALLEL}) is how many`],
	['docs/rate-limits.md', `asks for more than ${minutes(LONGEST_RETRY_AFTER_SECONDS)}`],
	['docs/rate-limits.md', `is repeated for ${LINE_LIMITS.outageSeconds / 60} minutes`],
	['docs/troubleshooting.md', `a wait of more than ${minutes(LONGEST_RETRY_AFTER_SECONDS)}`],
	['docs/large-files.md', `given up after ${minutes(LINE_LIMITS.replySeconds)} in which nothing`],
	['docs/large-files.md', `the reply it is ${minutes(2 * LINE_LIMITS.replySeconds)}`],
	['docs/large-files.md', `may pause for ${minutes(LINE_LIMITS.bodySeconds)}`],
	['docs/choose-how-to-wait.md', `every ${nextLookSeconds(1e6, 5)} seconds as the job gets older`],
	['docs/choose-how-to-wait.md', `older than ${scriptivoxDelivery.TOLERANCE_SECONDS / 60} minutes`],
	[
		'docs/webhooks-behind-a-proxy.md',
		`older than ${scriptivoxDelivery.TOLERANCE_SECONDS / 60} minutes`,
	],
	['SECURITY.md', `${scriptivoxDelivery.TOLERANCE_SECONDS / 60} minutes for Scriptivox`],
	['SECURITY.md', `${transcriptonDelivery.TOLERANCE_SECONDS / 3600} hours for Transcripton`],
	[
		'docs/transcript.md',
		`At most ${NUMBER_WORDS[linesPerCue]} lines of ${charactersPerLine} characters`,
	],
	['docs/transcript.md', `at most ${longestCueSeconds} seconds (*Longest Cue*)`],
	['docs/transcript.md', `at least ${shortestCueSeconds} (*Shortest Cue*)`],
	['docs/transcript.md', `at ${charactersPerSecond} characters a second`],
	['docs/transcript.md', `the first ${grouped(LONGEST_FOR_A_MODEL)} characters`],
	['CHANGELOG.md', `the first ${grouped(MOST_FOR_A_MODEL)} characters`],
];

it.each(said)('%s says: %s', (page, words) => {
	expect(textOf(page)).toContain(words);
});

it('a parked execution looks first after a minute, as docs/choose-how-to-wait.md says', () => {
	expect(FIRST_LOOK_SECONDS).toBe(60);
	expect(textOf('docs/choose-how-to-wait.md')).toContain(
		'after a minute (or your *Poll Interval*)',
	);
});
