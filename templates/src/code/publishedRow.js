// @ts-check
import { publishText } from './publishText.js';

const AGAIN_MS = 30_000;
const EVER_MS = 8.64e15;

/**
 * Writes a recording's text or note, moves the recording, and says what becomes of its row. Where that
 * cannot be done it is tried again: the text is not lost, the provider keeps it.
 *
 * @param {WatchedRow} row
 * @param {Record<string, string | Buffer>} texts by their formats; a failure has its note
 * @param {string} failure code and reason; empty for a success
 * @param {Record<string, any>} settings
 * @param {number} now in milliseconds since 1970
 * @returns {Promise<WatchedRow>}
 */
export async function publishedRow(row, texts, failure, settings, now) {
	try {
		const written = failure ? { txt: noteOf(row, failure) } : texts;
		const output = await publishText(row, written, failure, settings);
		const state = failure ? 'failed' : 'done';
		// one of an earlier version's table is remembered: there it looks unfinished for ever
		const end = row.key ? { until: EVER_MS, endedAt: EVER_MS } : { until: null, endedAt: now };
		return { ...row, state, message: failure, output, owner: '', ...end };
	} catch (error) {
		const isNote = ['refused', 'unsure'].includes(row.state);
		const state = isNote ? row.state : 'transcribing';
		const message = isNote ? failure : String(error.message);
		return { ...row, state, message, owner: '', until: now + AGAIN_MS };
	}
}

/**
 * @param {WatchedRow} row
 * @param {string} failure
 */
function noteOf({ file }, failure) {
	const [, code, reason] = /^([A-Z][A-Z0-9_]+): ([^]*)$/.exec(failure) ?? [];
	// a name may hold line ends
	const name = JSON.stringify(file).slice(1, -1);
	return `File: ${name}\nCode: ${code ?? 'NOT_SENT'}\nMessage: ${reason ?? failure}\n`;
}
