// @ts-check

/**
 * One item for each recording that has its transcript, for what you do with it next.
 *
 * @param {CodeNode} n8n
 */
export function finishedRecordings({ $, $input }) {
	const results = new Map();
	for (const { json } of $('Results').all()) results.set(json.job, json);
	return $input.all().map(({ json: { file, job, output } }) => {
		const { text, language, durationSeconds } = results.get(job) ?? {};
		return {
			json: {
				fileName: file,
				text,
				language: language ?? null,
				durationSeconds: durationSeconds ?? null,
				transcriptionId: job,
				outputPath: output,
			},
		};
	});
}
