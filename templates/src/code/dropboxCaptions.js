// @ts-check
import { dropboxArgument } from './dropboxArgument.js';

/**
 * One item for each file that goes beside its recording.
 *
 * @param {CodeNode} n8n
 */
export function dropboxCaptions({ $, $input }) {
	return $input.all().flatMap(({ binary }, item) => {
		const { id, name, folder } = $('Take Files').itemMatching(item).json;
		return Object.entries(binary ?? {}).map(([format, data]) => ({
			json: { id, argument: dropboxArgument(folder, `${name.replace(/\.[^.]*$/, '')}.${format}`) },
			binary: { data },
			pairedItem: { item },
		}));
	});
}
