// @ts-check
import { publishRecording } from './publishRecording.js';

/**
 * Gives each written text its final name and moves its recording out of the input folder.
 *
 * @param {CodeNode} n8n
 */
export async function publishAndMove({ $, $input }) {
	const settings = $('Settings').first().json;
	const results = [];
	for (let index = 0; index < $input.all().length; index++) {
		const row = $('Claim Result').itemMatching(index).json;
		let json = { id: row.id, version: row.version };
		try {
			const published = await publishRecording(row, settings);
			json = { ...json, ...published, version: '', finishedAt: Date.now() };
		} catch (error) {
			// Back to where it was: the next round of polling tries again.
			const problem = `${row.path}: ${$input.all()[index].json.error ?? error.message}`;
			json = { ...json, state: row.errorCode ? 'rejected' : 'submitted', problem };
		}
		results.push({ json, pairedItem: { item: index } });
	}
	return results;
}
