// @ts-check

/**
 * When the next run of the schedule begins, in milliseconds since 1970: two runs at a time would keep
 * twice the pace.
 *
 * @param {CodeNode['$']} $
 */
export function endOfRun($) {
	const schedule = $('Every Minute');
	const { secondsInterval, minutesInterval = 1 } = schedule.params.rule.interval[0];
	return (
		Date.parse(schedule.first().json.timestamp) + 1000 * (secondsInterval ?? 60 * minutesInterval)
	);
}
