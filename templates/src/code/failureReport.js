// @ts-check

/**
 * One message: what to do, then which failures are alike, the most frequent first.
 *
 * @param {CodeNode} n8n
 */
export function failureReport({ $input }) {
	const titles = {
		'needs a human': 'Needs a human',
		'retry later': 'Retry later',
		'give up': 'Given up',
		'solved by a retry': 'Solved by a retry',
	};
	const rows = $input.all().map(({ json }) => json);
	const lines = [
		`Transcription: ${rows.length} failed ${rows.length === 1 ? 'execution' : 'executions'}`,
	];

	for (const [whatToDo, title] of Object.entries(titles)) {
		const ofThese = rows.filter((row) => row.whatToDo === whatToDo);
		if (ofThese.length === 0) continue;
		lines.push('', `${title} (${ofThese.length})`);
		const alike = new Map();
		for (const row of ofThese) {
			const key = JSON.stringify([row.workflow, row.node, row.code || row.message]);
			alike.set(key, [...(alike.get(key) ?? []), row]);
		}
		for (const group of [...alike.values()].sort((a, b) => b.length - a.length)) {
			const row = group.at(-1);
			const times = group.length > 1 ? `${group.length} times, at last: ` : '';
			const links = group
				.slice(-5)
				.map(({ url }) => url)
				.filter(Boolean);
			lines.push(
				`- ${[row.workflow, row.node].filter(Boolean).join(', ')}: ${times}${row.message}`,
			);
			if (row.advice && whatToDo !== 'solved by a retry') lines.push(`  ${row.advice}`);
			lines.push(...links.map((link) => `  ${link}`));
		}
	}

	return [{ json: { text: lines.join('\n').slice(0, 12000) } }];
}
