// @ts-check
import { hiddenFolderOf } from './hiddenFolderOf.js';
import { noteBusy } from './noteBusy.js';
import { releaseLock } from './releaseLock.js';

const RESTS = 9;
const LONGEST_REST_MS = 9_000;

/**
 * Gives a look's lock back, and lets looks by the clock rest nine times as long as it took: with a look each
 * second they would else take the machine from the runs.
 *
 * @param {Record<string, any>} settings
 * @param {Record<string, any>} look as Take the Look gives it
 */
export async function lookIsOver(settings, { look, lock, begun }) {
	await releaseLock(lock, look);
	const now = Date.now();
	const restMs = Math.min(RESTS * Math.max(0, now - begun), LONGEST_REST_MS);
	await noteBusy(hiddenFolderOf(settings), now + restMs);
}
