// @ts-check

/**
 * The preset that a meeting wants, by its name or ID; where there is none, why the active one is kept.
 *
 * @param {CodeNode} n8n
 */
export function presetOf({ $, $input }) {
	const wanted = $('Note Intent').first().json.preset || $('Settings').first().json.preset;
	const presets = $input.all().map(({ json }) => json);
	const preset = wanted ? presets.find(({ id, name }) => [id, name].includes(wanted)) : undefined;
	const error = presets[0]?.error;

	function problem() {
		if (!wanted || preset) return '';
		const reason = error
			? `The presets could not be read: ${error.message ?? error}`
			: `There is no preset "${wanted}"`;
		return `${reason}; the active one was kept.`;
	}

	return [{ json: { presetId: preset?.id ?? '', problem: problem() } }];
}
