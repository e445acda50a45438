// @ts-check
import { noteMeeting } from './noteMeeting.js';
import { tellOfMeeting } from './tellOfMeeting.js';

/**
 * Notes of meetings that are over and were not recorded that they have ended, and tells of them.
 *
 * @param {object[]} actions
 * @param {PlannedMeeting[]} meetings whose start is not under way
 * @param {number} now in milliseconds since 1970
 */
export function endMissed(actions, meetings, now) {
	const isMissed = ({ state, to }) => !['recording', 'done'].includes(state) && now >= to;
	for (const meeting of meetings.filter(isMissed)) {
		const isByHand = meeting.state === 'byHand';
		const outcome = isByHand ? 'recorded by hand' : 'not recorded';
		noteMeeting(actions, meeting, { state: 'done', outcome });
		if (!isByHand) tellOfMeeting(actions, meeting, 'missed', 'it was not recorded.');
	}
}
