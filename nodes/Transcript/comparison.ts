import { WITHOUT_BLANKS } from './lineBreaks';
import { atFirstUse } from './atFirstUse';
import type { Transcript } from '../shared/transcript/transcript';
import { align } from './alignment';
import { WholeText } from './wholeText';

/** Where two transcripts differ. */
export interface Difference {
	start: number | null;
	end: number | null;
	/** What the reference says; empty where it says nothing. */
	expected: string;
	/** What the other one says; empty where it says nothing. */
	found: string;
}

/** How a transcript differs from a reference. */
export interface Comparison {
	/** Words put in, left out or replaced, for each word of the reference; null where it has none. */
	wordErrorRate: number | null;
	/** 0 to 1: the share of the words of both that they have in common. */
	agreement: number;
	differences: Difference[];
}

/** A word, or a character of a script without blanks, as it is compared. */
interface Token {
	/** Without letter case and apostrophes. */
	key: string;
	from: number;
	to: number;
}

/**
 * Words with the numbers and apostrophes within them; characters of scripts without blanks are
 * words of their own, as segmentation would tell the same text apart differently in other surroundings.
 */
const tokenPattern = atFirstUse(
	() =>
		new RegExp(
			`(?=[\\p{L}\\p{N}])[${WITHOUT_BLANKS}]\\p{M}*|(?:[\\p{M}\\p{Cf}]|(?![${WITHOUT_BLANKS}])[\\p{L}\\p{N}]|(?<=\\p{N})[.,:](?=\\p{N})|(?<=\\p{L})['’ʼ](?=\\p{L}))+`,
			'gu',
		),
);
const UNSPOKEN = /['’ʼ\p{Cf}]/gu;

/** Compares a transcript with a reference: letter case and punctuation aside, numerals as written. */
export function comparisonOf(reference: Transcript, other: Transcript): Comparison {
	const [expected, found] = [new WholeText(reference), new WholeText(other)];
	const [words, foundWords] = [tokensOf(expected.text), tokensOf(found.text)];
	const { partners, distance } = align(...symbolsOf(words, foundWords));
	const kept = words.filter(({ key }, index) => key === foundWords[partners[index]!]?.key).length;
	const all = words.length + foundWords.length;
	const isNothing = words.length === 0;
	return {
		wordErrorRate: isNothing && all > 0 ? null : rounded(distance / Math.max(words.length, 1)),
		agreement: all === 0 ? 1 : rounded((2 * kept) / all),
		differences: differencesOf(
			{ whole: expected, tokens: words },
			{ whole: found, tokens: foundWords },
			partners,
		),
	};
}

function tokensOf(text: string): Token[] {
	return [...text.matchAll(tokenPattern())]
		.map(({ 0: word, index }) => ({ key: keyOf(word), from: index, to: index + word.length }))
		.filter(({ key }) => key !== '');
}

/** In upper case first: so ß and ss, dotted and dotless i are the same in every spelling. */
function keyOf(word: string): string {
	const plain = word.normalize('NFKC').replace(UNSPOKEN, '').toUpperCase().toLowerCase();
	return plain.replace(/i\u0307/g, 'i').replace(/ς/g, 'σ');
}

function symbolsOf(...lists: [Token[], Token[]]): [Int32Array, Int32Array] {
	const symbols = new Map<string, number>();
	const symbolOf = ({ key }: Token) => {
		if (!symbols.has(key)) symbols.set(key, symbols.size);
		return symbols.get(key)!;
	};
	const [first, second] = lists.map((list) => Int32Array.from(list, symbolOf));
	return [first!, second!];
}

function rounded(share: number): number {
	return Math.round(share * 10_000) / 10_000;
}

/** A text with its words. */
interface Side {
	whole: WholeText;
	tokens: Token[];
}

/** The words in a row that the two do not have in common, as one difference each. */
function differencesOf(expected: Side, found: Side, partners: Int32Array): Difference[] {
	const differences: Difference[] = [];
	let [from, otherFrom] = [0, 0];
	const add = (to: number, otherTo: number) => {
		if (to > from || otherTo > otherFrom) {
			differences.push(differenceOf(expected, [from, to], found, [otherFrom, otherTo]));
		}
		[from, otherFrom] = [to + 1, otherTo + 1];
	};
	partners.forEach((partner, index) => {
		if (partner === -1 || expected.tokens[index]!.key !== found.tokens[partner]!.key) return;
		add(index, partner);
	});
	add(expected.tokens.length, found.tokens.length);
	return differences;
}

type Range = [from: number, to: number];

function differenceOf(expected: Side, range: Range, found: Side, otherRange: Range): Difference {
	const [said, other] = [partOf(expected, range), partOf(found, otherRange)];
	return {
		start: said.start ?? other.start,
		end: said.end ?? other.end,
		expected: said.text,
		found: other.text,
	};
}

function partOf({ whole, tokens }: Side, [from, to]: Range) {
	if (from === to) return { start: null, end: null, text: '' };
	const [begin, end] = [tokens[from]!.from, tokens[to - 1]!.to];
	return { ...whole.spanOf(begin, end), text: whole.text.slice(begin, end) };
}
