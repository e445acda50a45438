// @ts-check
const LEASE_MS = 3 * 60_000; // longer than a start takes with all its retries

/**
 * When a start of a recording has failed, if it is not noted by then, in milliseconds since 1970.
 *
 * @param {PlannedMeeting} meeting
 */
export function startTimesOut({ startingAt }) {
	return startingAt + LEASE_MS;
}
