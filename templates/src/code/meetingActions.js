// @ts-check
import { chatText } from './chatText.js';

const MINUTE = 60_000;
const LEASE_MS = 3 * MINUTE; // longer than a start takes with all its retries

/**
 * Compares the open meetings with what the appliance does, and says what to do now.
 *
 * @param {CodeNode} n8n
 */
export function meetingActions({ $, $input }) {
	const settings = $('Settings').first().json;
	const meetings = $('Open Meetings')
		.all()
		.map(({ json }) => ({ ...json }));
	const status = $input.first().json;
	const now = Date.now();

	const isReached = status.error === undefined;
	const isRecording = status.state === 'recording';
	const path = status.path ?? '';
	const beganAt = now - (status.positionSeconds ?? 0) * 1000;
	const actions = [];

	for (const meeting of meetings) {
		meeting.from = Date.parse(meeting.start) - settings.minutesBefore * MINUTE;
		meeting.to = Date.parse(meeting.end) + settings.minutesAfter * MINUTE;
		meeting.toldBefore = meeting.told ?? '';
	}
	const isUnreadable = ({ from, to }) => Number.isNaN(from) || Number.isNaN(to);
	const isDue = (meeting) => meeting.from <= now && now < meeting.to;
	// a recording whose end somebody broke in the table goes on until it is mended
	const goesOnFor = (meeting) => isDue(meeting) || isUnreadable(meeting);
	const isUnderWay = ({ state, startingAt }) => state === 'starting' && now - startingAt < LEASE_MS;

	// Where the appliance names no file, the time at which the recording began tells whose it is.
	function isOurs(meeting) {
		const isSame = path ? meeting.path === path : beganAt < meeting.startingAt + LEASE_MS;
		return isRecording && meeting.state === 'recording' && isSame;
	}

	// n8n ended between a start and the note of it.
	function wasStarted({ state, startingAt }) {
		const afterIntent = beganAt - startingAt;
		return isRecording && state === 'starting' && afterIntent > -5000 && afterIntent < MINUTE;
	}

	function act(action, meeting, details = {}) {
		Object.assign(meeting, details);
		actions.push({ action, id: meeting.id, ...details });
	}

	function note(meeting, details) {
		const { state, path, startingAt, outcome } = { ...meeting, ...details };
		const columns = { path: path ?? '', startingAt: startingAt ?? 0, outcome: outcome ?? '' };
		act('note', meeting, { state, ...columns });
	}

	// Where no file is named, a shared recording is known by the start of the one that began it.
	function share(meeting, startingAt) {
		note(meeting, { state: 'recording', path, startingAt });
	}

	function tell(meeting, kind, text) {
		const told = (meeting.told ?? '').split(' ').filter(Boolean);
		if (told.includes(kind)) return;
		act('tell', meeting, {
			told: [...told, kind].join(' '),
			toldBefore: meeting.toldBefore,
			text: chatText(`${meeting.name || 'Meeting'}: ${text}`),
		});
	}

	if (isReached) {
		for (const meeting of meetings.filter(wasStarted)) share(meeting, meeting.startingAt);
	}
	const open = meetings.filter((meeting) => !isUnderWay(meeting));

	if (isReached) {
		const ours = open.filter(isOurs);
		const goesOn = ours.some(goesOnFor);
		if (ours.length > 0 && !goesOn) act('stop', ours[0], { path: ours[0].path ?? '' });
		const willBeIdle = !isRecording || (ours.length > 0 && !goesOn);
		let isStarting = open.length < meetings.length;
		for (const meeting of open.filter((each) => !ours.includes(each))) {
			if (meeting.state === 'recording') {
				note(meeting, { state: 'done', outcome: 'ended at the appliance' });
				if (now < meeting.to) tell(meeting, 'ended', 'the recording was ended at the appliance.');
			} else if (isDue(meeting) && goesOn) {
				share(meeting, ours[0].startingAt ?? beganAt);
			} else if (isDue(meeting) && !willBeIdle) {
				note(meeting, { state: 'byHand' });
			} else if (isDue(meeting) && !isStarting) {
				act('start', meeting);
				isStarting = true;
			}
		}
	}

	for (const meeting of open.filter(
		({ state, to }) => !['recording', 'done'].includes(state) && now >= to,
	)) {
		const isByHand = meeting.state === 'byHand';
		note(meeting, {
			state: 'done',
			outcome: isByHand ? 'recorded by hand' : 'not recorded',
		});
		if (!isByHand) tell(meeting, 'missed', 'it was not recorded.');
	}

	for (const meeting of meetings.filter(isUnreadable)) {
		tell(meeting, 'times', 'its start or its end cannot be read. Enter both in the Data Table.');
	}

	for (const meeting of meetings) {
		const isNear = meeting.from - settings.checkMinutesBefore * MINUTE <= now && now < meeting.to;
		if (!isNear && meeting.state !== 'recording') continue;
		if (!isReached) tell(meeting, 'unreachable', status.error);
		else if (status.hasNoSignal)
			tell(meeting, 'noSignal', 'MediaScribe has no signal at its input.');
		else if (status.inputError)
			tell(meeting, 'inputError', `MediaScribe says of its input: ${status.inputError}`);
		const failure = meeting.state === 'done' ? '' : (meeting.outcome ?? '');
		if (failure) tell(meeting, failure.replace(/\W+/g, '-').slice(0, 80), failure);
	}

	return actions.map((json) => ({ json }));
}
