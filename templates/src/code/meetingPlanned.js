// @ts-check
const MINUTE = 60_000;

/**
 * A meeting with its times: from when until when it is recorded, and from when on its troubles are told.
 *
 * @param {any} meeting a row of the table
 * @param {Record<string, any>} settings
 * @returns {PlannedMeeting}
 */
export function meetingPlanned(meeting, settings) {
	const from = Date.parse(meeting.start) - settings.minutesBefore * MINUTE;
	const to = Date.parse(meeting.end) + settings.minutesAfter * MINUTE;
	const checkedFrom = from - settings.checkMinutesBefore * MINUTE;
	const isUnreadable = Number.isNaN(from) || Number.isNaN(to);
	return { ...meeting, from, to, checkedFrom, isUnreadable };
}
