// @ts-check
import { countedTrouble } from './countedTrouble.js';
import { isGivenUp } from './isGivenUp.js';
import { troubleOf } from './troubleOf.js';

const PAUSE_MS = 60_000;

/**
 * What becomes of a recording that could not be sent or started. What is wrong with the line or the
 * account counts against no file: it waits, and goes on by itself. What is wrong with the file itself is
 * refused at once, and so is what the provider fails over for days.
 *
 * @param {WatchedRow} row
 * @param {{ error?: string, details?: { code?: string, httpStatus?: number } } | undefined} reply of the node
 * @param {number} now in milliseconds since 1970
 * @returns {Partial<WatchedRow>}
 */
export function sendingTrouble(row, reply, now) {
	const { error = 'The step gave nothing.', details = {} } = reply ?? {};
	const trouble = troubleOf({ error, details });
	const { kind, code } = trouble;
	const words = trouble.message.replace(` (${code})`, '');
	const message = code ? `${code}: ${words}` : words;
	if (kind === 'upload') return { ...countedTrouble(row, message, now), uploadId: '' };
	const waitsSince = row.waitsSince ?? now;
	if (kind === 'file' || isGivenUp(trouble, waitsSince, now)) {
		return { state: 'refused', message, owner: '', until: now };
	}
	const state = row.state === 'uploaded' ? 'uploaded' : 'waiting';
	return { state, message, waitsSince, owner: '', until: now + PAUSE_MS };
}
