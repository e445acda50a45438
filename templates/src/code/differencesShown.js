// @ts-check
import { escapedText } from './escapedText.js';

/**
 * Where transcripts differ from the reference, as parts of a page: a table for each.
 *
 * @param {string} reference the provider whose transcript counts as right
 * @param {Array<{ provider: string, differences: any[] }>} comparisons
 */
export function differencesShown(reference, comparisons) {
	const MOST_SHOWN = 200;

	/** Seconds as a player shows them: 1:05, 1:02:09. */
	function clock(seconds) {
		if (typeof seconds !== 'number') return '–';
		const [minutes, rest] = [Math.floor(seconds / 60), Math.floor(seconds % 60)];
		const two = (number) => String(number).padStart(2, '0');
		if (minutes < 60) return `${minutes}:${two(rest)}`;
		return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(rest)}`;
	}

	const cell = (text) => `<td>${escapedText(text) || '<i>nothing</i>'}</td>`;
	const row = ({ start, expected, found }) =>
		`<tr><td>${clock(start)}</td>${cell(expected)}${cell(found)}</tr>`;

	function table({ provider, differences }) {
		const heading = `<h2>Where ${escapedText(provider)} differs from ${escapedText(reference)}</h2>`;
		if (differences.length === 0) return `${heading}<p>Nowhere: they have the same words.</p>`;
		const more = differences.length - MOST_SHOWN;
		return `${heading}
	<table class="differences">
	<colgroup><col><col><col></colgroup>
	<tr><th>At</th><th>${escapedText(reference)}</th><th>${escapedText(provider)}</th></tr>
	${differences.slice(0, MOST_SHOWN).map(row).join('\n')}
	</table>${more > 0 ? `<p>And ${more} more.</p>` : ''}`;
	}

	return comparisons.map(table).join('\n');
}
