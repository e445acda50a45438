import { segmentsOf } from './lineBreaks';
import { segmenterOf } from './segmenters';

/** What ends with a full stop within a sentence: initials, titles, and a few short forms. */
const ABBREVIATION =
	/(?:^|[\s(])(?:\p{Lu}|Dr|Mrs?|Ms|Prof|St|Sra?|Mme|Hr|Fr|Nr|No|Jr|vs|bzw|ca)\.\s*$/u;

/** A text's sentences, in every script; nothing is left out, and blanks end the sentence before them. */
export function sentencesOf(text: string): string[] {
	const sentences: string[] = [];
	let begun = '';
	for (const part of segmentsOf(segmenterOf('sentence'), text)) {
		begun += part;
		if (ABBREVIATION.test(begun.slice(-10))) continue;
		sentences.push(begun);
		begun = '';
	}
	return begun === '' ? sentences : [...sentences, begun];
}
