// @ts-check

/**
 * Makes the page that shows the results side by side. All that comes from outside is escaped.
 *
 * @param {CodeNode} n8n
 */
export function comparisonPage({ $, $input }) {
	const known = (value) => value !== null && value !== undefined && value !== '';
	// an empty cell of the table comes as null
	const textOf = (value) => (known(value) ? String(value) : '');
	const escape = (value) =>
		textOf(value).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
	const { timeoutMinutes } = $('Settings').first().json;
	const rows = $input
		.all()
		.map((item) => item.json)
		.sort((a, b) => a.id - b.id);

	const results = rows.map((row) =>
		row.status === 'running'
			? { ...row, status: 'failed', errorMessage: `No result within ${timeoutMinutes} minutes.` }
			: row,
	);
	/** @type {Array<[string, (row: any) => unknown]>} */
	const lines = [
		['Result', ({ status }) => status],
		['Took', ({ seconds }) => known(seconds) && `${seconds} s`],
		['Length', ({ durationSeconds }) => known(durationSeconds) && `${durationSeconds} s`],
		['Language', ({ language }) => language],
		['Speakers', ({ speakers }) => speakers],
		['Words', ({ words, status }) => status === 'completed' && words],
		['Cost', ({ costCents }) => known(costCents) && `${costCents} cents`],
		['Job', ({ jobId }) => jobId],
	];
	const cell = (value) => `<td>${known(value) && value !== false ? escape(value) : '–'}</td>`;
	const text = ({ text, status, errorCode, errorMessage }) => {
		if (status === 'completed') return `<td>${escape(text) || '<i>Nothing was said.</i>'}</td>`;
		const message = textOf(errorMessage) || 'No reason was given.';
		const code = known(errorCode) && !message.includes(errorCode) ? ` (${errorCode})` : '';
		return `<td class="failed">${escape(message + code)}</td>`;
	};

	const fileName = $('Comparison').first().json.fileName;
	const page = `<style>
		body { display: block; font: 15px/1.5 system-ui, sans-serif; color: #222; background: #fff; padding: 24px; }
		h1 { font-size: 22px; margin-bottom: 16px; overflow-wrap: anywhere; }
		table { border-collapse: collapse; width: 100%; table-layout: fixed; }
		col:first-child { width: 130px; }
		th, td { border: 1px solid #ddd; padding: 8px 12px; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
		td { white-space: pre-wrap; }
		th { background: #f6f6f6; }
		.failed { color: #b00020; }
	</style>
	<h1>${escape(fileName)}</h1>
	<table>
	<colgroup><col>${results.map(() => '<col>').join('')}</colgroup>
	<tr><th></th>${results.map(({ provider }) => `<th>${escape(provider)}</th>`).join('')}</tr>
	${lines.map(([label, of]) => `<tr><th>${label}</th>${results.map((row) => cell(of(row))).join('')}</tr>`).join('\n')}
	<tr><th>Text</th>${results.map(text).join('')}</tr>
	</table>`;

	return [{ json: { fileName, results, page } }];
}
