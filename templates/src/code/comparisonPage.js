// @ts-check
import { differencesShown } from './differencesShown.js';
import { escapedText } from './escapedText.js';
import { withoutItemNumber } from './withoutItemNumber.js';

/**
 * Makes the page that shows the results side by side, and where they differ. All that comes from
 * outside is escaped.
 *
 * @param {CodeNode} n8n
 */
export function comparisonPage({ $, $input }) {
	const known = (value) => value !== null && value !== undefined && value !== '';
	const { timeoutMinutes } = $('Settings').first().json;
	const compared = $input.all().map((item) => item.json);
	const comparisons = compared.filter(({ differences }) => Array.isArray(differences));
	const results = $('All Results')
		.all()
		.map((item) => item.json)
		.sort((a, b) => a.id - b.id)
		.map((row) => ({ ...row, ...comparisonWith(row) }))
		.map((row) =>
			row.status === 'running'
				? { ...row, status: 'failed', errorMessage: `No result within ${timeoutMinutes} minutes.` }
				: row,
		);
	const reference = comparisons.length > 0 ? results.find(isReference)?.provider : undefined;

	function comparisonWith({ provider }) {
		const comparison = comparisons.find((each) => each.provider === provider);
		const { wordErrorRate, agreement } = comparison ?? {};
		return { wordErrorRate, agreement };
	}

	/** The one with a transcript that was compared with none. */
	function isReference({ provider, status }) {
		return status === 'completed' && !comparisons.some((each) => each.provider === provider);
	}

	const share = (value) => known(value) && `${Math.round(value * 1000) / 10} %`;
	/** @type {Array<[string, (row: any) => unknown]>} */
	const lines = [
		['Result', ({ status }) => status],
		['Took', ({ seconds }) => known(seconds) && `${seconds} s`],
		['Length', ({ durationSeconds }) => known(durationSeconds) && `${durationSeconds} s`],
		['Language', ({ language }) => language],
		['Speakers', ({ speakers }) => speakers],
		['Words', ({ words, status }) => status === 'completed' && words],
		[
			'Word error rate',
			({ provider, wordErrorRate }) =>
				provider === reference ? 'compared with this one' : share(wordErrorRate),
		],
		['Agreement', ({ agreement }) => share(agreement)],
		['Cost', ({ costCents }) => known(costCents) && `${costCents} cents`],
		['Job', ({ jobId }) => jobId],
	];
	const cell = (value) => `<td>${known(value) && value !== false ? escapedText(value) : '–'}</td>`;
	const text = ({ text, status, errorCode, errorMessage }) => {
		if (status === 'completed')
			return `<td>${escapedText(text) || '<i>Nothing was said.</i>'}</td>`;
		const message = known(errorMessage) ? String(errorMessage) : 'No reason was given.';
		const code = known(errorCode) && !message.includes(errorCode) ? ` (${errorCode})` : '';
		return `<td class="failed">${escapedText(message + code)}</td>`;
	};

	function comparison() {
		if (reference !== undefined) return differencesShown(reference, comparisons);
		const transcripts = results.filter(({ status }) => status === 'completed');
		if (transcripts.length < 2) return '<p>There are no two transcripts to compare.</p>';
		const { error } = compared.find((each) => known(each.error)) ?? {
			error: 'no reason was given',
		};
		return `<p class="failed">Not compared: ${escapedText(withoutItemNumber(error))}.</p>`;
	}

	const fileName = $('Comparison').first().json.fileName;
	const page = `<style>
		body { display: block; font: 15px/1.5 system-ui, sans-serif; color: #222; background: #fff; padding: 24px; }
		h1 { font-size: 22px; margin-bottom: 16px; overflow-wrap: anywhere; }
		h2 { font-size: 17px; margin: 28px 0 8px; }
		table { border-collapse: collapse; width: 100%; table-layout: fixed; }
		col:first-child { width: 130px; }
		th, td { border: 1px solid #ddd; padding: 8px 12px; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
		td { white-space: pre-wrap; }
		th { background: #f6f6f6; }
		.failed { color: #b00020; }
	</style>
	<h1>${escapedText(fileName)}</h1>
	<table>
	<colgroup><col>${results.map(() => '<col>').join('')}</colgroup>
	<tr><th></th>${results.map(({ provider }) => `<th>${escapedText(provider)}</th>`).join('')}</tr>
	${lines.map(([label, of]) => `<tr><th>${label}</th>${results.map((row) => cell(of(row))).join('')}</tr>`).join('\n')}
	<tr><th>Text</th>${results.map(text).join('')}</tr>
	</table>
	${comparison()}`;

	return [{ json: { fileName, results, comparisons, page } }];
}
