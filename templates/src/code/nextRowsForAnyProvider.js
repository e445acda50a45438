// @ts-check
import { ownWork } from './ownWork.js';
import { publishedRow } from './publishedRow.js';
import { rowsAskedForAnyProvider } from './rowsAskedForAnyProvider.js';
import { rowsStartedForAnyProvider } from './rowsStartedForAnyProvider.js';
import { rowsToSend } from './rowsToSend.js';
import { tableRow } from './tableRow.js';
import { withSteps } from './withSteps.js';

const INTERRUPTED =
	'INTERRUPTED: n8n stopped while the recording was on its way to the provider, which knows no ' +
	'idempotency key: to send it again might be paid twice. Look in the account whether its job exists. To ' +
	'send it again, move the recording back into the input folder.';

/**
 * What becomes of the recordings that this run has just worked on, as new rows. Only of those that are
 * still its own: where it took too long, another run has them.
 *
 * @param {CodeNode} n8n
 */
export async function nextRowsForAnyProvider({ $, $input, helpers }) {
	const settings = $('Settings').first().json;
	const now = Date.now();
	const rows = ownWork($);
	const works = (steps) => withSteps(rows, $input.all(), steps);
	const noted = async (failureOf) =>
		await Promise.all(
			works({}).map(({ row }) => publishedRow(row, {}, failureOf(row), settings, now)),
		);

	async function next() {
		switch (rows[0].state) {
			case 'sending': {
				const sent = works({ read: $('Read Files').all(), hash: $('Hash Files').all() });
				const { options = {} } = $('Transcribe').params;
				return await rowsToSend(sent, options, settings, now);
			}
			case 'starting':
				return rowsStartedForAnyProvider(works({ start: $('Transcribe').all() }), now);
			case 'refused':
				return await noted(({ message }) => message);
			case 'unsure':
				return await noted(() => INTERRUPTED);
			default: {
				// the results themselves come in, with the files of each
				const asked = rows.map((row, index) => ({ row, result: $input.all()[index] }));
				return await rowsAskedForAnyProvider(asked, helpers, settings, now);
			}
		}
	}

	// which rows they replace, so that these can be forgotten
	const before = rows[0].owner;
	return (await next()).map((row) => ({ json: { ...tableRow(row, rows, now), before } }));
}
