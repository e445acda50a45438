// @ts-check

/**
 * The meetings with messages that the chat has refused: what of each counts as told all the same, and
 * every reason.
 *
 * @param {CodeNode} n8n
 */
export function messagesNotSent({ $, $input }) {
	const messageOf = (item) => $('Has a Message URL').itemMatching(item).json;
	const refused = $input.all().map((_, item) => messageOf(item));
	const said = $input.all().map(({ json }) => wordsOf(json.error));
	const reasons = [...new Set(said)].join('\n');

	function toldAllTheSame(id) {
		const ofIt = ({ json }) => json.id === id;
		// each message of a run adds its kind to those before it
		const told = $('Has a Message URL').all().filter(ofIt).at(-1)?.json.told.split(' ') ?? [];
		const missing = refused.filter((each) => each.id === id).map(kindOf);
		return told.filter((kind) => !missing.includes(kind)).join(' ');
	}

	const ids = [...new Set(refused.map(({ id }) => id))];
	return ids.map((id) => ({ json: { id, told: toldAllTheSame(id), reasons } }));
}

/** @param {any} error of n8n's HTTP Request node: what the chat said is in its description */
function wordsOf(error) {
	return [error?.message ?? error, error?.description].filter(Boolean).join(' ');
}

/** @param {{ told: string }} message whose kind is the last that is told with it */
function kindOf({ told }) {
	return told.split(' ').at(-1);
}
