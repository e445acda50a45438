import { hasWithoutBlanks, segmentsOf, WITHOUT_BLANKS } from './lineBreaks';
import { atFirstUse } from './atFirstUse';
import type { Transcript } from '../shared/transcript/transcript';
import { foldedText } from './foldedText';
import type { FoldedText } from './foldedText';
import { WholeText } from './wholeText';
import { segmenterOf } from './segmenters';

/** What to search for, and how. */
export interface SearchSettings {
	query: string;
	/** Whether a match begins and ends where words do. */
	wholeWords: boolean;
	/** How many words before and after a match to give with it. */
	contextWords: number;
}

/** Where a transcript has what was searched for; `before`, `text` and `after` in a row are its text. */
export interface Match {
	start: number | null;
	end: number | null;
	/** Who begins to say it. */
	speaker: string | null;
	text: string;
	before: string;
	after: string;
}

/** A part of a text, by its offsets. */
interface Place {
	from: number;
	to: number;
}

const CHARACTER_AT_END = /\P{M}\p{M}*$/u;
const IN_WORD = /[\p{L}\p{N}\p{M}]/u;
const beginsWithoutBlanks = atFirstUse(
	() => new RegExp(`^(?=[\\p{L}\\p{N}])[${WITHOUT_BLANKS}]`, 'u'),
);
const CLOSING = /^[\p{Pe}\p{Pf}\p{Po}]+$/u;
/** Characters that are looked through for a word of context, at least; longer words are cut. */
const CHARACTERS_A_WORD = 60;
/** How far the words of a script without blanks depend on what stands beside them. */
const CHARACTERS_BESIDE = 100;

/** Whether a query holds nothing that could be found: no letter, digit or sign. */
export function isEmptyQuery(query: string): boolean {
	return foldedText(query).text === '';
}

/** All places where a transcript has a word or a phrase, in order; none where it is empty. */
export function matchesIn(transcript: Transcript, settings: SearchSettings): Match[] {
	const query = foldedText(settings.query).text;
	if (query === '') return [];
	const whole = new WholeText(transcript);
	const places = placesOf(query, foldedText(whole.text), ({ from, to }) => {
		return !settings.wholeWords || (isWordEdge(whole.text, from) && isWordEdge(whole.text, to));
	});
	return places.map(({ from, to }) => ({
		...whole.spanOf(from, to),
		speaker: whole.speakerAt(from),
		text: whole.text.slice(from, to),
		before: contextBefore(whole.text, from, settings.contextWords),
		after: contextBehind(whole.text, to, settings.contextWords),
	}));
}

function placesOf(query: string, folded: FoldedText, fits: (place: Place) => boolean): Place[] {
	const { text, starts, ends } = folded;
	const places: Place[] = [];
	let at = text.indexOf(query);
	while (at !== -1) {
		const last = at + query.length - 1;
		const place = { from: starts[at]!, to: ends[last]! };
		// a letter that is folded to two is found whole or not at all
		const isWhole = starts[at - 1] !== place.from && ends[last + 1] !== place.to;
		const isFound = isWhole && fits(place);
		if (isFound) places.push(place);
		at = text.indexOf(query, isFound ? last + 1 : at + 1);
	}
	return places;
}

/** Whether a word begins or ends at an offset. */
function isWordEdge(text: string, offset: number): boolean {
	const before = characterBefore(text, offset);
	const behind = characterAt(text, offset);
	if (!IN_WORD.test(before) || !IN_WORD.test(behind)) return true;
	const isWithoutBlanks = beginsWithoutBlanks().test(behind);
	if (isWithoutBlanks !== beginsWithoutBlanks().test(before)) return true;
	return isWithoutBlanks && isEdgeWithoutBlanks(text, offset);
}

function isEdgeWithoutBlanks(text: string, offset: number): boolean {
	const [before] = /[^\s\p{P}]*$/u.exec(
		text.slice(Math.max(offset - CHARACTERS_BESIDE, 0), offset),
	)!;
	const [behind] = /^[^\s\p{P}]*/u.exec(text.slice(offset, offset + CHARACTERS_BESIDE))!;
	let passed = 0;
	for (const { segment } of segmenterOf('word').segment(before + behind)) {
		if (passed >= before.length) break;
		passed += segment.length;
	}
	return passed === before.length;
}

function characterAt(text: string, offset: number): string {
	const code = text.codePointAt(offset);
	return code === undefined ? '' : String.fromCodePoint(code);
}

/** The character that ends at an offset, without the marks on it. */
function characterBefore(text: string, offset: number): string {
	const [character] = CHARACTER_AT_END.exec(text.slice(Math.max(offset - 8, 0), offset)) ?? [''];
	return characterAt(character, 0);
}

function contextBefore(text: string, end: number, words: number): string {
	const near = text.slice(Math.max(end - (words + 1) * CHARACTERS_A_WORD, 0), end);
	let left = words;
	let from = near.length;
	let passed = near.length;
	for (const part of wordsAndBlanks(near).reverse()) {
		passed -= part.length;
		if (!IN_WORD.test(part)) continue;
		if (left-- === 0) return near.slice(from);
		from = passed;
	}
	return near;
}

function contextBehind(text: string, begin: number, words: number): string {
	const near = text.slice(begin, begin + (words + 1) * CHARACTERS_A_WORD);
	let left = words;
	let passed = 0;
	for (const part of wordsAndBlanks(near)) {
		if (left === 0 && (words === 0 || !CLOSING.test(part))) break;
		passed += part.length;
		if (IN_WORD.test(part)) left--;
	}
	return near.slice(0, passed);
}

/** A text in parts of which each has one word with its punctuation, or none. */
function wordsAndBlanks(text: string): string[] {
	const parts = text.match(/\s+|\S+/g) ?? [];
	if (!hasWithoutBlanks().test(text)) return parts;
	return parts.flatMap((part) =>
		hasWithoutBlanks().test(part) ? segmentsOf(segmenterOf('word'), part) : [part],
	);
}
