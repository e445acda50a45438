// @ts-check

const REFUSAL = {
	title: 'These times do not make a meeting',
	message:
		'Enter both times as hours and minutes, such as 09:30. The end must come after the start and must not be over yet.',
};

/**
 * Each meeting of the form or of a calendar, and what the form's page says of it. The form's times
 * are in the workflow's time zone.
 *
 * @param {CodeNode} n8n
 */
export function meetingOf({ $, $input, $now, DateTime }) {
	// a workflow always has a time zone
	const zone = $now.zoneName ?? undefined;

	function timeOf({ date }, clock, event) {
		if (!date) return event?.dateTime ?? '';
		const text = `${String(date).slice(0, 10)} ${String(clock ?? '').trim()}`;
		return DateTime.fromFormat(text, 'yyyy-MM-dd H:mm', { zone }).toUTC().toISO() ?? '';
	}

	const shown = (time, format) => DateTime.fromISO(time).setZone(zone).toFormat(format);

	return $input.all().map((_, item) => {
		const given = $('Settings').itemMatching(item).json;
		const name = String(given.meeting ?? given.summary ?? '').trim() || 'Meeting';
		const start = timeOf(given, given.from, given.start);
		const end = timeOf(given, given.to, given.end);
		const isToCome = Date.parse(start) < Date.parse(end) && Date.parse(end) > Date.now();
		const answer = isToCome
			? {
					title: `${name} will be recorded`,
					message: `${shown(start, 'cccc d LLLL yyyy, HH:mm')} to ${shown(end, 'HH:mm')}`,
				}
			: REFUSAL;
		const preset = String(given.meetingPreset ?? '').trim();
		return { json: { name, start, end, preset, isToCome, ...answer }, pairedItem: { item } };
	});
}
