// @ts-check
import { applianceOf } from './applianceOf.js';
import { endMissed } from './endMissed.js';
import { meetingPlanned } from './meetingPlanned.js';
import { noteMeeting } from './noteMeeting.js';
import { startTimesOut } from './startTimesOut.js';
import { steerAppliance } from './steerAppliance.js';
import { tellTroubles } from './tellTroubles.js';
import { wasStarted } from './wasStarted.js';

/**
 * Compares the open meetings with what the appliance does, and says what to do now.
 *
 * @param {CodeNode} n8n
 */
export function meetingActions({ $, $input }) {
	const settings = $('Settings').first().json;
	const now = Date.now();
	const meetings = $('Open Meetings')
		.all()
		.map(({ json }) => meetingPlanned(json, settings));
	const appliance = applianceOf($input.first().json, now);
	const { isReached, path } = appliance;
	const actions = [];

	for (const meeting of meetings) {
		if (!isReached || !wasStarted(meeting, appliance)) continue;
		const { startingAt } = meeting;
		noteMeeting(actions, meeting, { state: 'recording', path, startingAt });
	}
	const isUnderWay = (each) => each.state === 'starting' && now < startTimesOut(each);
	const open = meetings.filter((meeting) => !isUnderWay(meeting));
	const isStarting = open.length < meetings.length;
	if (isReached) steerAppliance(actions, open, appliance, isStarting, now);
	endMissed(actions, open, now);
	tellTroubles(actions, meetings, appliance, now);
	return actions.map((json) => ({ json }));
}
