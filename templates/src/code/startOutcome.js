// @ts-check

/**
 * What a start came to: a recording of the meeting's own, one that a person had begun, or none.
 *
 * @param {CodeNode} n8n
 */
export function startOutcome({ $, $input }) {
	const { error, changed, path } = $input.first().json;
	const { id, path: pathBefore, outcome } = $('Note Intent').first().json;
	const before = { path: pathBefore ?? '', outcome: outcome ?? '' };

	function columns() {
		if (error) return { ...before, state: '', outcome: String(error.message ?? error) };
		if (!changed) return { ...before, state: 'byHand' };
		const { problem } = $('Which Preset').first().json;
		return { state: 'recording', path: path ?? '', outcome: problem };
	}

	return [{ json: { id, ...columns() } }];
}
