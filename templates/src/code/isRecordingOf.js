// @ts-check
import { startTimesOut } from './startTimesOut.js';

/**
 * Whether what the appliance records is a meeting's. Where it names no file, the time at which the
 * recording began tells whose it is.
 *
 * @param {PlannedMeeting} meeting
 * @param {Appliance} appliance
 */
export function isRecordingOf(meeting, { isRecording, path, beganAt }) {
	const isSame = path ? meeting.path === path : beganAt < startTimesOut(meeting);
	return isRecording && meeting.state === 'recording' && isSame;
}
