// @ts-check

/**
 * What a person has decided about a draft, and the text that counts. A form sends other line ends than
 * it was given: only other words are a change.
 *
 * @param {CodeNode} n8n
 */
export function draftDecision({ $, $input }) {
	const { Decision: decision, Post: text, Note: note } = $input.first().json;
	const { postId, post } = $('Note Draft').first().json;
	const wordsOf = (value) => (value ?? '').replace(/\s+/g, ' ').trim();

	const state = { Approve: 'approved', Reject: 'rejected' }[decision] ?? 'undecided';
	const isChanged = state === 'approved' && !['', wordsOf(post)].includes(wordsOf(text));
	const kept = isChanged ? text : post;
	return [{ json: { state, isChanged, postId, post: kept, note: note ?? '' } }];
}
