// @ts-check
import { escapedText } from './escapedText.js';
import { isKnown } from './isKnown.js';

/**
 * The results side by side, as a table of a page: a column for each provider.
 *
 * @param {any[]} results
 * @param {string | undefined} reference the provider whose transcript counts as right
 */
export function resultsTable(results, reference) {
	const share = (value) => isKnown(value) && `${Math.round(value * 1000) / 10} %`;
	/** @type {Array<[string, (row: any) => unknown]>} */
	const lines = [
		['Result', ({ status }) => status],
		['Took', ({ seconds }) => isKnown(seconds) && `${seconds} s`],
		['Length', ({ durationSeconds }) => isKnown(durationSeconds) && `${durationSeconds} s`],
		['Language', ({ language }) => language],
		['Speakers', ({ speakers }) => speakers],
		['Words', ({ words, status }) => status === 'completed' && words],
		[
			'Word error rate',
			({ provider, wordErrorRate }) =>
				provider === reference ? 'compared with this one' : share(wordErrorRate),
		],
		['Agreement', ({ agreement }) => share(agreement)],
		['Cost', ({ costCents }) => isKnown(costCents) && `${costCents} cents`],
		['Job', ({ jobId }) => jobId],
	];
	const cell = (value) =>
		`<td>${isKnown(value) && value !== false ? escapedText(value) : '–'}</td>`;
	const text = ({ text, status, errorCode, errorMessage }) => {
		if (status === 'completed')
			return `<td>${escapedText(text) || '<i>Nothing was said.</i>'}</td>`;
		const message = isKnown(errorMessage) ? String(errorMessage) : 'No reason was given.';
		const code = isKnown(errorCode) && !message.includes(errorCode) ? ` (${errorCode})` : '';
		return `<td class="failed">${escapedText(message + code)}</td>`;
	};

	return `<table>
	<colgroup><col>${results.map(() => '<col>').join('')}</colgroup>
	<tr><th></th>${results.map(({ provider }) => `<th>${escapedText(provider)}</th>`).join('')}</tr>
	${lines.map(([label, of]) => `<tr><th>${label}</th>${results.map((row) => cell(of(row))).join('')}</tr>`).join('\n')}
	<tr><th>Text</th>${results.map(text).join('')}</tr>
	</table>`;
}
