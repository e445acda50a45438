// @ts-check
import { actOn } from './actOn.js';

/**
 * Notes where a meeting stands; what is not said stays as it was.
 *
 * @param {object[]} actions
 * @param {PlannedMeeting} meeting
 * @param {Record<string, any>} details
 */
export function noteMeeting(actions, meeting, details) {
	const { state, path, startingAt, outcome } = { ...meeting, ...details };
	const columns = { path: path ?? '', startingAt: startingAt ?? 0, outcome: outcome ?? '' };
	actOn(actions, 'note', meeting, { state, ...columns });
}
