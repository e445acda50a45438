// @ts-check
import { notedRow } from './notedRow.js';
import { driveTroubleOf } from './driveTroubleOf.js';

/**
 * What becomes of each file that something went wrong with.
 *
 * @param {CodeNode} n8n
 */
export function driveTrouble({ $, $input, $prevNode }) {
	return $input.all().map(({ json }, item) => {
		const row = notedRow($, item, ['Note Job', 'Note Sending']);
		const columns = driveTroubleOf(row, json, $prevNode.name);
		const finishedAt = Date.now();
		const { id, owner: lease, docxId, srtId } = row;
		return { json: { id, lease, docxId, srtId, finishedAt, ...columns }, pairedItem: { item } };
	});
}
