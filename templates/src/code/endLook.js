// @ts-check
import { lookIsOver } from './lookIsOver.js';

/**
 * Ends the look, now that what it found stands in the table, and hands on which runs to start.
 *
 * @param {CodeNode} n8n
 */
export async function endLook({ $, $input }) {
	await lookIsOver($('Settings').first().json, $('Take the Look').first().json);
	return $input.all();
}
