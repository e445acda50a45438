// @ts-check
import { dropboxArgument } from './dropboxArgument.js';

/**
 * The note that goes beside each recording that was given up.
 *
 * @param {CodeNode} n8n
 */
export function dropboxNotes({ $input }) {
	return $input.all().map(({ json: { id, folder, name, errorMessage } }, item) => ({
		json: {
			id,
			argument: dropboxArgument(folder, `${name} failed.txt`),
			text: `${name} has no captions: ${errorMessage || 'No reason was given.'}\n`,
		},
		pairedItem: { item },
	}));
}
