// @ts-check
import { actOn } from './actOn.js';
import { chatText } from './chatText.js';

/**
 * Tells of a meeting, once for each kind of news.
 *
 * @param {object[]} actions
 * @param {PlannedMeeting} meeting
 * @param {string} kind one word
 * @param {string} text
 */
export function tellOfMeeting(actions, meeting, kind, text) {
	const told = (meeting.told ?? '').split(' ').filter(Boolean);
	if (told.includes(kind)) return;
	actOn(actions, 'tell', meeting, {
		told: [...told, kind].join(' '),
		text: chatText(`${meeting.name || 'Meeting'}: ${text}`),
	});
}
