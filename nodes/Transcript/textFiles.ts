import type { Segment, Transcript } from '../shared/transcript/transcript';
import type { FileSettings } from './captionSettings';
import { clockOfSeconds } from './clock';
import { spacedText } from './lineBreaks';
import { labelOf } from './speakerLabel';

/** What Markdown would read as markup, and HTML as a tag. */
const MARKUP = /[\\`*_[\]<>&|~]/g;
/** What at the start of a line makes a list or a heading. */
const LINE_START = /^(\s*)([#+=-]|\d+(?=[.)]))/gm;

/** What a spreadsheet would calculate. */
const FORMULA = /^[=+\-@\t\r]/;

/** A transcript as plain text: a line a segment with speakers or times, else the text as it is. */
export function toText(transcript: Transcript, settings: FileSettings): string {
	const { segments, text } = transcript;
	const isPlain = !settings.speakers && !settings.timestamps;
	if (isPlain || segments.length === 0) {
		return text ?? segments.map((segment) => segment.text).join('\n');
	}
	return segments
		.map((segment, index) => {
			const label = settings.speakers ? labelOf(segment, segments[index - 1]) : '';
			return (settings.timestamps ? timeBefore(segment) : '') + label + segment.text;
		})
		.join('\n');
}

function timeBefore({ start }: Segment): string {
	return start === null ? '' : `[${clockOfSeconds(start)}] `;
}

/** A transcript as Markdown: a paragraph for each turn, with the speaker's name in bold. */
export function toMarkdown(transcript: Transcript, settings: FileSettings): string {
	const { segments, text } = transcript;
	if (segments.length === 0) return text ? `${escapeMarkdown(text)}\n` : '';
	const paragraphs = turnsOf(segments, settings).map((turn) => {
		const heading = settings.speakers ? nameOf(turn[0]!) : '';
		const time = settings.timestamps ? timeBefore(turn[0]!).trim() : '';
		const head = [heading, time.replace(MARKUP, '\\$&')].filter(Boolean).join(' ');
		const said = escapeMarkdown(spacedText(turn));
		return head === '' ? said : `${head}\n\n${said}`;
	});
	return `${paragraphs.join('\n\n')}\n`;
}

/** Segments of one speaker in a row as one turn; each for itself where their times are wanted. */
function turnsOf(segments: Segment[], { timestamps }: FileSettings): Segment[][] {
	const turns: Segment[][] = [];
	for (const segment of segments) {
		const turn = turns.at(-1);
		const goesOn = segment.speaker !== null && turn?.[0]?.speaker === segment.speaker;
		if (turn && goesOn && !timestamps) turn.push(segment);
		else turns.push([segment]);
	}
	return turns;
}

function nameOf(segment: Segment): string {
	const name = labelOf(segment).replace(/: $/, '');
	return name === '' ? '' : `**${escapeMarkdown(name)}**`;
}

function escapeMarkdown(text: string): string {
	return text.replace(MARKUP, '\\$&').replace(LINE_START, '$1\\$2');
}

/** A transcript as JSON, in the shape in which the nodes give it. */
export function toJson(transcript: Transcript): string {
	return `${JSON.stringify(transcript)}\n`;
}

/**
 * A transcript's segments as a table (RFC 4180). A text that a spreadsheet would calculate gets an
 * apostrophe in front.
 */
export function toCsv({ segments }: Transcript): string {
	const rows = segments.map(({ start, end, speaker, text }) => [start, end, speaker, text]);
	return [['start', 'end', 'speaker', 'text'], ...rows]
		.map((row) => `${row.map(csvCell).join(',')}\r\n`)
		.join('');
}

function csvCell(value: number | string | null): string {
	if (value === null) return '';
	if (typeof value === 'number') return String(value);
	const safe = FORMULA.test(value) ? `'${value}` : value;
	return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}
