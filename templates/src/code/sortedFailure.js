// @ts-check

const MINUTE = 60_000;

/**
 * The row of a failure: by its code it is retried later, needs a human, or is given up.
 *
 * @param {CodeNode} n8n
 */
export function sortedFailure({ $, $input }) {
	const settings = $('Settings').first().json;
	const { isTranscription, isTemporary, mayHaveArrived, ...failure } =
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
		// a start that may have arrived would be paid again
		if (!isTranscription || mayHaveArrived || !mayPass) return 'needs a human';
		return retries < settings.maxRetries ? 'retry later' : 'give up';
	}

	const sorted = whatToDo();
	return [
		{
			json: {
				...failure,
				executionId: known.executionId ?? failure.executionId,
				whatToDo: sorted,
				retries,
				nextTryAt: Date.now() + settings.firstRetryMinutes * MINUTE * 2 ** retries,
				reportedAs: known.whatToDo === sorted ? (known.reportedAs ?? '') : '',
			},
		},
	];
}
