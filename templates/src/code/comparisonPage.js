// @ts-check
import { comparedResults } from './comparedResults.js';
import { differencesShown } from './differencesShown.js';
import { escapedText } from './escapedText.js';
import { isKnown } from './isKnown.js';
import { resultsTable } from './resultsTable.js';
import { withoutItemNumber } from './withoutItemNumber.js';

/**
 * Makes the page that shows the results side by side, and where they differ. All that comes from
 * outside is escaped.
 *
 * @param {CodeNode} n8n
 */
export function comparisonPage({ $, $input }) {
	const { timeoutMinutes } = $('Settings').first().json;
	const compared = $input.all().map((item) => item.json);
	const comparisons = compared.filter(({ differences }) => Array.isArray(differences));
	const rows = $('All Results')
		.all()
		.map((item) => item.json);
	const results = comparedResults(rows, comparisons, timeoutMinutes);
	const reference = comparisons.length > 0 ? results.find(isReference)?.provider : undefined;

	/** The one with a transcript that was compared with none. */
	function isReference({ provider, status }) {
		return status === 'completed' && !comparisons.some((each) => each.provider === provider);
	}

	function comparison() {
		if (reference !== undefined) return differencesShown(reference, comparisons);
		const transcripts = results.filter(({ status }) => status === 'completed');
		if (transcripts.length < 2) return '<p>There are no two transcripts to compare.</p>';
		const { error } = compared.find((each) => isKnown(each.error)) ?? {
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
	${resultsTable(results, reference)}
	${comparison()}`;

	return [{ json: { fileName, results, comparisons, page } }];
}
