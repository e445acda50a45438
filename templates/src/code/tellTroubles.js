// @ts-check
import { tellOfMeeting } from './tellOfMeeting.js';

/**
 * Tells what keeps a meeting from being recorded, or may keep it.
 *
 * @param {object[]} actions
 * @param {PlannedMeeting[]} meetings
 * @param {Appliance} appliance
 * @param {number} now in milliseconds since 1970
 */
export function tellTroubles(actions, meetings, appliance, now) {
	const tell = (meeting, kind, text) => tellOfMeeting(actions, meeting, kind, text);
	for (const meeting of meetings.filter(({ isUnreadable }) => isUnreadable)) {
		tell(meeting, 'times', 'its start or its end cannot be read. Enter both in the Data Table.');
	}
	const { isReached, error, hasNoSignal, inputError } = appliance;
	for (const meeting of meetings) {
		const isNear = meeting.checkedFrom <= now && now < meeting.to;
		if (!isNear && meeting.state !== 'recording') continue;
		if (!isReached) tell(meeting, 'unreachable', error);
		else if (hasNoSignal) tell(meeting, 'noSignal', 'MediaScribe has no signal at its input.');
		else if (inputError)
			tell(meeting, 'inputError', `MediaScribe says of its input: ${inputError}`);
		const failure = meeting.state === 'done' ? '' : (meeting.outcome ?? '');
		if (failure) tell(meeting, failure.replace(/\W+/g, '-').slice(0, 80), failure);
	}
}
