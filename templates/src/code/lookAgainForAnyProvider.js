// @ts-check
import { refusalOf } from './refusalOf.js';

/**
 * Lets the file on only if what was read is what two looks saw.
 *
 * @param {CodeNode} n8n
 */
export async function lookAgainForAnyProvider({ $, $input }) {
	const row = $('Take Over').first().json;
	const read = $('Read File').first();
	const { contentHash } = $input.first().json;
	const refusal = await refusalOf(row, contentHash, read.json.error);
	if (refusal) return [{ json: refusal }];
	// the same file dropped again is a new recording, so its key is another
	const idempotencyKey = [contentHash, row.path, row.changedAt].join('\n');
	return [{ json: { idempotencyKey }, binary: read.binary }];
}
