import { refuse } from './checkedTranscript';

/** A caption as a file has it. */
export interface WrittenCue {
	/** Seconds from the start. */
	start: number;
	/** Seconds from the start; null where it lies before the start. */
	end: number | null;
	/** Its text with the format's markup, in lines. */
	text: string;
}

/** A file of captions, taken apart. */
export interface WrittenCaptions {
	isVtt: boolean;
	/** What the head of a WebVTT file says; null where it says nothing. */
	language: string | null;
	cues: WrittenCue[];
}

const TIME = String.raw`(-?)\s*(?:(\d{1,5})\s*:\s*)?(\d{1,4})\s*:\s*(\d{1,3})(?:\s*[.,:;]\s*(\d{1,9}))?`;
const ARROW = String.raw`\s*-{1,3}>\s*`;
const TIMES = new RegExp(`^\\s*${TIME}${ARROW}${TIME}(?:\\s.*)?$`);
/** What was meant as the times of a caption: digits and a colon beside an arrow. */
const LIKE_TIMES = /^\s*-?\d+\s*:[^>]*-+>|-+>\s*-?\d+\s*:\s*\d/;

/** What is longer than any line with times; a search in it could take long. */
const LONGEST_TIMES = 500;

const NUMBER = /^\s*\d+\s*$/;
/** Blocks of WebVTT that no viewer sees (https://www.w3.org/TR/webvtt1/#file-structure). */
const UNSEEN = /^(NOTE|STYLE|REGION)(\s|$)/;

const HOW = 'A caption begins with its times, such as 00:00:01,000 --> 00:00:02,500.';

/** A line with the times of a caption. */
interface TimeLine {
	index: number;
	start: number;
	end: number | null;
}

/**
 * Takes a text of SRT or WebVTT apart, also where blank lines, numbers or hours are missing. Text
 * behind a blank line within a caption belongs to that caption.
 *
 * @throws FlawedTranscript, with the line, for times that cannot be read and for text without times
 */
export function readCaptions(text: string): WrittenCaptions {
	const lines = text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/);
	const isVtt = /^WEBVTT(\s|$)/.test(lines[0] ?? '');
	const head = isVtt ? headOf(lines) : [];
	const seen = isVtt ? seenLines(lines, head.length) : lines;
	const times = timeLines(seen);
	checkBeginning(seen, times[0]?.index, isVtt);
	const language = head.map((line) => /^Language:\s*(\S+)/i.exec(line)?.[1]).find(Boolean);
	return { isVtt, language: language ?? null, cues: cuesBetween(seen, times, isVtt) };
}

/** What stands before the first blank line or time. */
function headOf(lines: string[]): string[] {
	const end = lines.findIndex((line) => isBlank(line) || isTimes(line));
	return end === -1 ? lines : lines.slice(0, end);
}

function isTimes(line: string): boolean {
	return line.length <= LONGEST_TIMES && TIMES.test(line);
}

function isBlank(line: string | undefined): boolean {
	return line === undefined || line.trim() === '';
}

/** The lines with those emptied that no viewer sees. */
function seenLines(lines: string[], headLength: number): string[] {
	let isUnseen = false;
	return lines.map((line, index) => {
		if (index < headLength) return '';
		if (isBlank(line) || isTimes(line)) isUnseen = false;
		else if (UNSEEN.test(line) && isBlank(index === headLength ? '' : lines[index - 1]))
			isUnseen = true;
		return isUnseen ? '' : line;
	});
}

function timeLines(lines: string[]): TimeLine[] {
	return lines.flatMap((line, index) => {
		if (!line.includes('->') || line.length > LONGEST_TIMES) return [];
		const found = TIMES.exec(line);
		if (found) return [{ index, ...timesOf(found) }];
		if (!LIKE_TIMES.test(line)) return [];
		const shown = line.trim().slice(0, 100);
		throw refuse(`The times in line ${index + 1} of the captions cannot be read: "${shown}"`, HOW);
	});
}

function timesOf(found: RegExpExecArray): Pick<TimeLine, 'start' | 'end'> {
	const start = secondsOf(found.slice(1, 6));
	const end = secondsOf(found.slice(6, 11));
	return { start, end: end < start ? null : end };
}

/** A time before the start is the start. */
function secondsOf([minus, hours = '0', minutes, seconds, fraction = '']: string[]): number {
	if (minus === '-') return 0;
	const whole = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
	// in whole milliseconds, which a sum of fractions would miss
	return (whole * 1000 + Math.round(Number(`0.${fraction || '0'}`) * 1000)) / 1000;
}

/** Nothing but a number, or a name in WebVTT, stands before the first time. */
function checkBeginning(lines: string[], first: number | undefined, isVtt: boolean): void {
	const before = lines.slice(0, first);
	const isName = (index: number) => isVtt && index === before.length - 1;
	const at = before.findIndex(
		(line, index) => !isBlank(line) && !NUMBER.test(line) && !isName(index),
	);
	if (at === -1) return;
	if (first === undefined) throw refuse('These are no captions: no line has times', HOW);
	const shown = before[at]!.trim().slice(0, 100);
	throw refuse(`Line ${at + 1} stands before the first times of the captions: "${shown}"`, HOW);
}

function cuesBetween(lines: string[], times: TimeLine[], isVtt: boolean): WrittenCue[] {
	return times.map(({ index, start, end }, number) => {
		const next = times[number + 1]?.index;
		const until = next === undefined ? lines.length : nameOf(lines, index, next, isVtt);
		const said = lines.slice(index + 1, until).filter((line) => !isBlank(line));
		return { start, end, text: said.map((line) => line.trim()).join('\n') };
	});
}

/** The line at which the next caption begins: its number or its name, else its times. */
function nameOf(lines: string[], from: number, times: number, isVtt: boolean): number {
	const [before = '', behind] = [lines[times - 1], lines[times - 2]];
	if (times - 1 > from && !isBlank(before)) {
		return NUMBER.test(before) || (isVtt && isBlank(behind)) ? times - 1 : times;
	}
	// a blank line between the number and the times
	const isNumber = NUMBER.test(behind ?? '') && isBlank(lines[times - 3]);
	return times - 2 > from && isNumber ? times - 2 : times;
}
