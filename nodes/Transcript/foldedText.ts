import { WITHOUT_BLANKS } from './lineBreaks';
import { atFirstUse } from './atFirstUse';

/** A text as a search reads it, and where each of its characters stands in the text. */
export interface FoldedText {
	text: string;
	/** For each folded character, where the character that it comes from begins; -1 of a blank. */
	starts: number[];
	/** For each folded character, where the character that it comes from ends; -1 of a blank. */
	ends: number[];
}

/** A character with the marks on it; those of half-width kana are letters of their own. */
const CHARACTERS = /[^\p{M}\uff9e\uff9f][\p{M}\uff9e\uff9f]*|[\p{M}\uff9e\uff9f]+/gsu;
const NOWHERE = -1;
const ASCII_LETTER = /^[a-zA-Z0-9]$/;

/** What stands within words and says nothing: apostrophes, joiners, soft hyphens, stretched Arabic. */
const IGNORED = /[\p{Cf}'`´’‘ʼ\u0640]/gu;
/** Punctuation and blanks, save for signs that are read aloud. */
const PARTING = /[^\P{P}#%&@§‰]|[\p{Z}\p{C}]/gu;
const isWithoutBlanks = atFirstUse(() => new RegExp(`^(?!\\p{M})[${WITHOUT_BLANKS}]`, 'u'));

/** Accents go from scripts whose readers write them or not; in others marks tell letters apart. */
const ACCENTS =
	/(?<=[\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\p{sc=Arabic}\p{sc=Hebrew}]\p{M}*)(?:(?<!и)\u0306|(?!\u0306)\p{M})/gu;

/** Letters with an accent that Unicode does not take apart, and those of which two forms exist. */
const OTHER_LETTERS: Record<string, string> = {
	ß: 'ss',
	æ: 'ae',
	œ: 'oe',
	ø: 'o',
	ł: 'l',
	đ: 'd',
	ð: 'd',
	þ: 'th',
	ħ: 'h',
	ŧ: 't',
	ı: 'i',
	ς: 'σ',
};
const OTHER = new RegExp(`[${Object.keys(OTHER_LETTERS).join('')}]`, 'gu');

/** A character as a search reads it. */
interface Folded {
	text: string;
	/** Whether it parts words, such as a blank or a comma. */
	parts: boolean;
	/** Whether it belongs to a script that puts no blanks between words. */
	isWithoutBlanks: boolean;
}

/**
 * A text without what a search leaves aside: letter case, accents, punctuation, the width of
 * characters. Between words stands one blank, and none beside scripts that write none.
 */
export function foldedText(text: string): FoldedText {
	const folded: FoldedText = { text: '', starts: [], ends: [] };
	const known = new Map<string, Folded>();
	const parts: string[] = [];
	let before: Folded | undefined;
	let isParted = false;
	for (const { 0: character, index } of text.matchAll(CHARACTERS)) {
		let now = known.get(character);
		if (!now) known.set(character, (now = foldedCharacter(character)));
		if (now.text === '') {
			isParted ||= now.parts;
			continue;
		}
		if (isParted && before && !before.isWithoutBlanks && !now.isWithoutBlanks) {
			parts.push(' ');
			folded.starts.push(NOWHERE);
			folded.ends.push(NOWHERE);
		}
		parts.push(now.text);
		for (let count = now.text.length; count > 0; count--) {
			folded.starts.push(index);
			folded.ends.push(index + character.length);
		}
		isParted = false;
		before = now;
	}
	folded.text = parts.join('');
	return folded;
}

function foldedCharacter(character: string): Folded {
	if (ASCII_LETTER.test(character)) {
		return { text: character.toLowerCase(), parts: false, isWithoutBlanks: false };
	}
	const plain = character
		.normalize('NFKD')
		.toLowerCase()
		.replace(ACCENTS, '')
		.replace(OTHER, (letter) => OTHER_LETTERS[letter]!)
		.normalize('NFC')
		.replace(IGNORED, '');
	const text = plain.replace(PARTING, '');
	return {
		text,
		parts: text === '' && plain !== '',
		isWithoutBlanks: isWithoutBlanks().test(character),
	};
}
