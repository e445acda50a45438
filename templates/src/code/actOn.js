// @ts-check
/**
 * Adds an action about a meeting, and notes in the meeting what it changes.
 *
 * @param {object[]} actions
 * @param {string} action
 * @param {PlannedMeeting} meeting
 * @param {Record<string, any>} details columns that change
 */
export function actOn(actions, action, meeting, details = {}) {
	Object.assign(meeting, details);
	actions.push({ action, id: meeting.id, ...details });
}
