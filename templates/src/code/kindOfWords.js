// @ts-check
// what n8n makes of a status in its own nodes, which give nothing else
const N8N_ASKS_FOR_A_KEY = /check your credentials/i;
const N8N_FINDS_NOTHING = /could not be found/i;
const N8N_WAITS =
	/try again later|too many requests|not able to process your request|connection .*(refused|aborted|closed|lost|reset)|timed? ?out/i;
// what a node of the pack says of a file, before or without an answer of the provider
const BY_THE_NODE =
	/^URL (is|leads|must)|^The file "[^]*" (is|has)|^The item (has|holds) no file|does not take|has more than [\d,]+ characters|could not (transcribe|write)/;

/**
 * What a refusal means of which only the words are known.
 *
 * @param {string} words
 * @param {boolean} isOfThePack whether a node of the pack gave them, and not one of n8n's own
 * @returns {RefusalKind}
 */
export function kindOfWords(words, isOfThePack) {
	if (isOfThePack) return BY_THE_NODE.test(words) ? 'file' : 'account';
	if (N8N_ASKS_FOR_A_KEY.test(words)) return 'account';
	if (N8N_FINDS_NOTHING.test(words)) return 'missing';
	return N8N_WAITS.test(words) ? 'passing' : 'file';
}
