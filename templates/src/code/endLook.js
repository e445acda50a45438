// @ts-check
import { releaseLock } from './releaseLock.js';

/**
 * Ends the look, now that what it found stands in the table, and hands on which runs to start.
 *
 * @param {CodeNode} n8n
 */
export async function endLook({ $, $input }) {
	const { look, lock } = $('Take the Look').first().json;
	await releaseLock(lock, look);
	return $input.all();
}
