// @ts-check
import { withoutItemNumber } from './withoutItemNumber.js';

const UPLOAD_GONE = [
	'UPLOAD_EXPIRED',
	'UPLOAD_NOT_FOUND',
	'FILE_NOT_UPLOADED',
	'UPLOAD_ALREADY_USED',
];
const OF_ACCOUNT_OR_LINE = [401, 402, 407, 408, 409, 425, 429];
const FINAL = [400, 413, 415, 422];
// what a node says of a file before it asks anybody
const BY_THE_NODE = /does not take|is empty|is larger than/;
const MOST_ATTEMPTS = 3;
const PAUSE_MS = 60_000;
const PAUSE_OF_FILE_MS = 10_000;

/**
 * What becomes of a recording that could not be sent or started. What is wrong with the line or the
 * account counts against no file: it waits, and goes on by itself. What is wrong with the file itself is
 * refused, at once where that is certain.
 *
 * @param {WatchedRow} row
 * @param {{ error?: string, details?: { code?: string, httpStatus?: number } } | undefined} reply of the node
 * @param {number} now in milliseconds since 1970
 * @returns {Partial<WatchedRow>}
 */
export function sendingTrouble(row, reply, now) {
	const { code, httpStatus } = reply?.details ?? {};
	const words = withoutItemNumber(reply?.error ?? 'The step gave nothing.');
	const message = code ? `${code}: ${withoutCode(words, code)}` : words;
	const isGone = UPLOAD_GONE.includes(code ?? '');
	const status = Number(httpStatus ?? 0);
	// without a code it is no word of the provider's: a page of something in between
	const isByTheNode = reply?.details && !code && !status && BY_THE_NODE.test(words);
	if (isByTheNode) return { state: 'refused', message, owner: '', until: now };
	const isOfFile = code && status >= 400 && status < 500 && !OF_ACCOUNT_OR_LINE.includes(status);
	const state = row.state === 'uploaded' && !isGone ? 'uploaded' : 'waiting';
	if (!isOfFile) return { state, message, owner: '', until: now + PAUSE_MS };
	const attempts = (row.attempts ?? 0) + 1;
	const isRefused = attempts >= MOST_ATTEMPTS || (FINAL.includes(status) && !isGone);
	if (isRefused) return { state: 'refused', message, attempts, owner: '', until: now };
	return { state, message, attempts, owner: '', until: now + PAUSE_OF_FILE_MS };
}

/**
 * @param {string} words
 * @param {string} code
 */
function withoutCode(words, code) {
	return words.replace(` (${code})`, '');
}
