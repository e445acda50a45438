// @ts-check

/**
 * Compares the open meetings with what the appliance does, and says what to do now.
 *
 * @param {CodeNode} n8n
 */
export function meetingActions({ $, $input }) {
	const MINUTE = 60_000;
	const LEASE_MS = 3 * MINUTE; // longer than a start takes with all its retries
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
	const isDue = (meeting) => meeting.from <= now && now < meeting.to;
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

	function tell(meeting, kind, text) {
		const told = (meeting.told ?? '').split(' ').filter(Boolean);
		if (told.includes(kind)) return;
		act('tell', meeting, {
			told: [...told, kind].join(' '),
			toldBefore: meeting.toldBefore,
			text: `${meeting.name}: ${text}`,
		});
	}

	if (isReached) {
		for (const meeting of meetings.filter(wasStarted))
			act('share', meeting, { state: 'recording', path });
	}
	const open = meetings.filter((meeting) => !isUnderWay(meeting));

	if (isReached) {
		const ours = open.filter(isOurs);
		const goesOn = ours.some(isDue);
		if (ours.length > 0 && !goesOn) act('stop', ours[0], { path: ours[0].path ?? '' });
		const willBeIdle = !isRecording || (ours.length > 0 && !goesOn);
		let isStarting = open.length < meetings.length;
		for (const meeting of open.filter((each) => !ours.includes(each))) {
			if (meeting.state === 'recording') {
				act('close', meeting, { state: 'done', outcome: 'ended at the appliance' });
				if (now < meeting.to) tell(meeting, 'ended', 'the recording was ended at the appliance.');
			} else if (isDue(meeting) && goesOn) {
				act('share', meeting, { state: 'recording', path });
			} else if (isDue(meeting) && !willBeIdle) {
				act('byHand', meeting, { state: 'byHand' });
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
		act('close', meeting, {
			state: 'done',
			outcome: isByHand ? 'recorded by hand' : 'not recorded',
		});
		if (!isByHand) tell(meeting, 'missed', 'it was not recorded.');
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
