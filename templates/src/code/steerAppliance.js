// @ts-check
import { actOn } from './actOn.js';
import { isRecordingOf } from './isRecordingOf.js';
import { noteMeeting } from './noteMeeting.js';
import { tellOfMeeting } from './tellOfMeeting.js';

/**
 * Stops and starts the appliance, and notes whose recording is under way.
 *
 * @param {object[]} actions
 * @param {PlannedMeeting[]} meetings whose start is not under way
 * @param {Appliance} appliance
 * @param {boolean} isStarting whether the start of another one is under way
 * @param {number} now in milliseconds since 1970
 */
export function steerAppliance(actions, meetings, appliance, isStarting, now) {
	const isDue = ({ from, to }) => from <= now && now < to;
	const ours = meetings.filter((meeting) => isRecordingOf(meeting, appliance));
	// a recording whose end somebody broke in the table goes on until it is mended
	const goesOn = ours.some((meeting) => isDue(meeting) || meeting.isUnreadable);
	if (ours.length > 0 && !goesOn) actOn(actions, 'stop', ours[0], { path: ours[0].path ?? '' });
	const willBeIdle = !appliance.isRecording || (ours.length > 0 && !goesOn);
	const waiting = [];
	for (const meeting of meetings.filter((each) => !ours.includes(each))) {
		if (meeting.state === 'recording') {
			noteMeeting(actions, meeting, { state: 'done', outcome: 'ended at the appliance' });
			if (now >= meeting.to) continue;
			tellOfMeeting(actions, meeting, 'ended', 'the recording was ended at the appliance.');
		} else if (isDue(meeting) && goesOn) {
			// where no file is named, a shared recording is known by the start of the one that began it
			const startingAt = ours[0].startingAt ?? appliance.beganAt;
			noteMeeting(actions, meeting, { state: 'recording', path: appliance.path, startingAt });
		} else if (isDue(meeting) && !willBeIdle) {
			noteMeeting(actions, meeting, { state: 'byHand' });
		} else if (isDue(meeting)) {
			waiting.push(meeting);
		}
	}
	// one whose start has failed comes after the others: it may fail every time
	const [next] = waiting.sort((a, b) => (a.startingAt ?? 0) - (b.startingAt ?? 0));
	if (next && !isStarting) actOn(actions, 'start', next);
}
