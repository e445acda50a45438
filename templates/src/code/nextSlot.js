// @ts-check
import { endOfRun } from './endOfRun.js';

/**
 * When the next link is to be sent: one interval after the last one. What was lost is caught up with
 * by less than one interval, so that no minute holds more links than it may.
 *
 * @param {CodeNode} n8n
 */
export function nextSlot({ $ }) {
	const interval = 60000 / $('Settings').first().json.perMinute;
	const slot = $('Slot');
	const begun = Date.parse($('Every Minute').first().json.timestamp);
	const planned = slot.isExecuted ? slot.first().json.at + interval : begun;
	const at = Math.max(planned, Date.now() - 0.9 * interval);
	return [{ json: { at, ends: endOfRun($) - 1.5 * interval } }];
}
