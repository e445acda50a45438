// @ts-check

const MINUTE = 60_000;

/**
 * The row of a failure: by its code it is retried later, needs a human, or is given up.
 *
 * @param {CodeNode} n8n
 */
export function sortedFailure({ $, $input }) {
	const settings = $('Settings').first().json;
	const { isTranscription, isOfN8n, isTemporary, mayHaveArrived, ...failure } =
		$('What Happened').first().json;
	const known = $input.first().json;
	const retries = known.retries ?? 0;
	const isIn = (codes) =>
		String(codes)
			.split(/[\s,]+/)
			.includes(failure.code);

	function whatToDo() {
		if (failure.code && isIn(settings.giveUpCodes)) return 'give up';
		const mayPass = isTemporary || (failure.code && isIn(settings.retryLaterCodes));
		// a start that may have arrived would be paid again; of n8n's own failures only what was parked is retried
		const isSafe = isOfN8n || (isTranscription && mayPass && !mayHaveArrived);
		if (!isSafe) return 'needs a human';
		return retries < settings.maxRetries ? 'retry later' : 'give up';
	}

	const sorted = whatToDo();
	return [
		{
			json: {
				...failure,
				executionId: known.executionId ?? failure.executionId,
				// the first one's, by which it is known where a retry is followed
				url: known.url || failure.url,
				whatToDo: sorted,
				retries,
				nextTryAt: Date.now() + settings.firstRetryMinutes * MINUTE * 2 ** retries,
				reportedAs: known.whatToDo === sorted ? (known.reportedAs ?? '') : '',
			},
		},
	];
}
