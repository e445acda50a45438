// @ts-check
import { withoutItemNumber } from './withoutItemNumber.js';

/**
 * What a provider gave, as its row of the table: its transcript, or why there is none.
 *
 * @param {CodeNode} n8n
 */
export function providerResult({ $, $input }) {
	const given = $input.first().json;
	const { provider } = $('Settings').first().json;
	const isDone = given.status === 'completed';
	const text = given.text ?? '';

	/** As much of the transcript as comparing needs: the times of words would fill the table. */
	function comparable({ segments }) {
		const said = segments.map(({ start, end, speaker, text }) => ({ start, end, speaker, text }));
		return JSON.stringify({ provider, text: said.length > 0 ? null : text, segments: said });
	}

	const result = {
		finishedAt: Date.now(),
		status: isDone ? 'completed' : 'failed',
		jobId: given.id ?? '',
		durationSeconds: given.durationSeconds ?? null,
		language: given.language ?? '',
		speakers: given.speakers?.length ?? null,
		words: (text.match(/\S+/g) ?? []).length,
		text,
		transcript: isDone ? comparable(given) : '',
		errorCode: given.details?.code ?? '',
		errorMessage: isDone ? '' : withoutItemNumber(given.error ?? 'No reason was given.'),
	};
	return [{ json: result }];
}
