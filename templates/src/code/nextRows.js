// @ts-check
import { publishedRow } from './publishedRow.js';
import { rowsAsked } from './rowsAsked.js';
import { rowsStarted } from './rowsStarted.js';
import { rowsUploaded } from './rowsUploaded.js';
import { rowsWithFiles } from './rowsWithFiles.js';

const OF_N8N = ['id', 'createdAt', 'updatedAt'];

/**
 * What becomes of the recordings that this run has just worked on, as new rows. Only of those that are
 * still its own: where it took too long, another run has them.
 *
 * @param {CodeNode} n8n
 */
export async function nextRows({ $, $input, helpers }) {
	const settings = $('Settings').first().json;
	const now = Date.now();
	const jsonOf = (items) => items.map(({ json }) => json);
	const entered = $('Write Rows').isExecuted ? $('Write Rows').all() : $('Take the Files').all();
	const rows = jsonOf(entered).filter(({ owner, state }) => owner && state !== 'dropped');
	const hasFiles = $('Export Files').isExecuted;
	const mine = new Set(
		hasFiles ? rows.map(({ id }) => id) : $input.all().map(({ json }) => json.id),
	);

	/** Each row that is still its own, with what the steps gave for it, which keep the order. */
	function works(steps) {
		const given = Object.entries(steps).map(([name, items]) => [name, jsonOf(items)]);
		const all = rows.map((row, index) => {
			return { row, ...Object.fromEntries(given.map(([name, each]) => [name, each[index]])) };
		});
		return all.filter(({ row }) => mine.has(row.id));
	}

	async function next() {
		if (hasFiles) {
			const results = new Map(jsonOf($('Results').all()).map((result) => [result.job, result]));
			const fetched = rows.map((row, index) => {
				return { row, result: results.get(row.job), file: $input.all()[index] };
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

	return (await next()).map((row) => ({ json: rowOf(row, rows, now) }));
}

/**
 * A row as the table takes it, with the time at which it came into its state.
 *
 * @param {WatchedRow} row
 * @param {WatchedRow[]} before
 * @param {number} now in milliseconds since 1970
 */
function rowOf(row, before, now) {
	const was = before.find(({ id }) => id === row.id);
	const since = was?.state === row.state ? was.since : new Date(now).toISOString();
	const columns = Object.entries({ ...row, since }).filter(([name]) => !OF_N8N.includes(name));
	return Object.fromEntries(columns);
}
