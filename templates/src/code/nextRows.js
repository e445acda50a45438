// @ts-check
import { ownWork } from './ownWork.js';
import { publishedRow } from './publishedRow.js';
import { rowsAsked } from './rowsAsked.js';
import { rowsStarted } from './rowsStarted.js';
import { rowsUploaded } from './rowsUploaded.js';
import { rowsWithFiles } from './rowsWithFiles.js';
import { tableRow } from './tableRow.js';
import { withSteps } from './withSteps.js';

/**
 * What becomes of the recordings that this run has just worked on, as new rows. Only of those that are
 * still its own: where it took too long, another run has them.
 *
 * @param {CodeNode} n8n
 */
export async function nextRows({ $, $input, helpers }) {
	const settings = $('Settings').first().json;
	const now = Date.now();
	const rows = ownWork($);
	const works = (steps) => withSteps(rows, $input.all(), steps);

	async function next() {
		if ($('Export Files').isExecuted) {
			const results = $('Results').all();
			const byJob = new Map(results.map(({ json }) => [json.job, json]));
			const fetched = rows.map((row, index) => {
				return { row, result: byJob.get(row.job), file: $input.all()[index] };
			});
			return await rowsWithFiles(fetched, helpers, settings, now);
		}
		switch (rows[0].state) {
			case 'sending': {
				const [read, hash] = [$('Read Files').all(), $('Hash Files').all()];
				const sent = works({ read, hash, upload: $('Upload Files').all() });
				return await rowsUploaded(sent, settings, now);
			}
			case 'uploaded':
				return rowsStarted(works({ start: $('Start Transcriptions').all() }), now);
			case 'refused':
				return await Promise.all(
					works({}).map(({ row }) => publishedRow(row, {}, row.message, settings, now)),
				);
			default:
				return await rowsAsked(works({ result: $('Results').all() }), settings, now);
		}
	}

	return (await next()).map((row) => ({ json: tableRow(row, rows, now) }));
}
