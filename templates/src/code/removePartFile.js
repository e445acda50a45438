// @ts-check
import { unlink } from 'fs/promises';

/**
 * Removes the hidden name of each published text; its final name stays.
 *
 * @param {CodeNode} n8n
 */
export async function removePartFile({ $, $input }) {
	for (const item of $input.all()) {
		if (!['done', 'failed'].includes(item.json.state)) continue;
		try {
			await unlink(`${$('Settings').first().json.outputFolder}/.${item.json.id}.part`);
		} catch (error) {
			if (error.code !== 'ENOENT') throw error;
		}
	}
	return $input.all();
}
