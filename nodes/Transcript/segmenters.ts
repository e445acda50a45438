const made = new Map<string, Intl.Segmenter>();

/**
 * What takes a text apart as Unicode Standard Annex 29 has it. Made at its first use: it takes ten
 * milliseconds, which n8n's start need not wait for.
 */
export function segmenterOf(granularity: 'grapheme' | 'sentence' | 'word'): Intl.Segmenter {
	const known = made.get(granularity) ?? new Intl.Segmenter('und', { granularity });
	made.set(granularity, known);
	return known;
}
