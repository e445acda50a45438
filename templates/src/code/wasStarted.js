// @ts-check
const EARLIEST_MS = -5000; // two clocks differ a little
const LATEST_MS = 60_000;

/**
 * Whether a recording is that of a meeting's start: n8n ended between the start and the note of it.
 *
 * @param {PlannedMeeting} meeting
 * @param {Appliance} appliance
 */
export function wasStarted({ state, startingAt }, { isRecording, beganAt }) {
	const afterIntent = beganAt - startingAt;
	const isItsTime = afterIntent > EARLIEST_MS && afterIntent < LATEST_MS;
	return isRecording && state === 'starting' && isItsTime;
}
