// @ts-check
import { endOfRun } from './endOfRun.js';

/**
 * The next slot of time to ask Redis for. Slots are numbered from 1970 on, on every machine alike; who
 * counts one up first owns it. As many as have asked for the last one are ahead of us.
 *
 * @param {CodeNode} n8n
 */
export function nextSharedSlot({ $ }) {
	const { perMinute, limitName } = $('Settings').first().json;
	const interval = 60000 / perMinute;
	const slot = $('Slot');
	const next = () => {
		const [asked] = Object.values($('Take Slot').first().json);
		return slot.first().json.number + Math.max(1, asked - 1);
	};
	const number = Math.max(slot.isExecuted ? next() : 0, Math.ceil(Date.now() / interval));
	const at = number * interval;
	const key = ['transcription-backlog', limitName, number].join(':');
	return [{ json: { number, key, at, until: at + interval / 2, ends: endOfRun($) - interval } }];
}
