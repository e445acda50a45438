// @ts-check
import { driveRow } from './driveRow.js';
import { driveTroubleOf } from './driveTroubleOf.js';

/**
 * What becomes of each file that something went wrong with.
 *
 * @param {CodeNode} n8n
 */
export function driveTrouble({ $, $input, $prevNode }) {
	return $input.all().map(({ json }, item) => {
		const row = driveRow($, item);
		const columns = driveTroubleOf(row, json, $prevNode.name);
		const finishedAt = Date.now();
		return { json: { id: row.id, lease: row.owner, finishedAt, ...columns }, pairedItem: { item } };
	});
}
