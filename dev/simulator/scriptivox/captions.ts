import { Refusal } from './errors';
import type { Sentence, Word } from './transcript';

/** The query of an export (Scriptivox API reference), as the strings that it comes in. */
export const EXPORT_KNOBS = [
	'max_words',
	'max_chars',
	'max_duration',
	'sentence_aware',
	'include_speakers',
	'strip_chars',
	'include_timestamps',
] as const;

interface Cue {
	start: number;
	end: number;
	speaker: string;
	words: Word[];
}

interface Knobs {
	maxWords: number;
	maxChars: number;
	maxDuration: number;
	sentenceAware: boolean;
	withSpeakers: boolean;
	stripChars: string;
	withTimestamps: boolean;
}

/** One file body and its media type. */
export interface ExportedFile {
	mediaType: string;
	body: string;
}

/**
 * A transcript as a file.
 *
 * @param format `srt`, `vtt` or `text`
 * @param sentences what was spoken
 * @param diarized decides `include_speakers=auto`
 * @param query the export's knobs as they came; throws INVALID_REQUEST on a bad one
 */
export function exportAs(
	format: string,
	sentences: Sentence[],
	diarized: boolean,
	query: Record<string, string | undefined>,
): ExportedFile {
	const knobs = knobsOf(query, diarized);
	if (format === 'text')
		return { mediaType: 'text/plain; charset=utf-8', body: text(sentences, knobs) };
	if (format !== 'srt' && format !== 'vtt') {
		throw new Refusal('INVALID_REQUEST', 'format must be srt, vtt or text');
	}
	const separator = format === 'srt' ? ',' : '.';
	const cues = cuesOf(sentences, knobs).map((cue, index) => {
		const number = format === 'srt' ? `${index + 1}\n` : '';
		const times = `${clock(cue.start, separator)} --> ${clock(cue.end, separator)}`;
		const speaker = knobs.withSpeakers ? `${cue.speaker}: ` : '';
		return `${number}${times}\n${speaker}${textOf(cue.words, knobs)}\n`;
	});
	if (format === 'srt') return { mediaType: 'text/plain; charset=utf-8', body: cues.join('\n') };
	return { mediaType: 'text/vtt; charset=utf-8', body: ['WEBVTT\n', ...cues].join('\n') };
}

function knobsOf(query: Record<string, string | undefined>, diarized: boolean): Knobs {
	const speakers = query.include_speakers ?? 'auto';
	if (!['auto', 'true', 'false'].includes(speakers)) {
		throw new Refusal('INVALID_REQUEST', 'include_speakers must be auto, true or false');
	}
	return {
		maxWords: positive(query, 'max_words', 4),
		maxChars: positive(query, 'max_chars', 80),
		maxDuration: positive(query, 'max_duration', 10),
		sentenceAware: truth(query, 'sentence_aware', true),
		withSpeakers: speakers === 'auto' ? diarized : speakers === 'true',
		stripChars: query.strip_chars ?? '',
		withTimestamps: truth(query, 'include_timestamps', false),
	};
}

function positive(query: Record<string, string | undefined>, name: string, usual: number): number {
	const value = query[name] === undefined ? usual : Number(query[name]);
	if (!(value > 0)) throw new Refusal('INVALID_REQUEST', `${name} must be a positive number`);
	return value;
}

function truth(query: Record<string, string | undefined>, name: string, usual: boolean): boolean {
	const value = query[name] ?? String(usual);
	if (value !== 'true' && value !== 'false') {
		throw new Refusal('INVALID_REQUEST', `${name} must be true or false`);
	}
	return value === 'true';
}

function cuesOf(sentences: Sentence[], knobs: Knobs): Cue[] {
	const cues: Cue[] = [];
	for (const { speaker, words } of sentences) {
		let open = knobs.sentenceAware ? undefined : cues.at(-1);
		for (const word of words) {
			if (!open || open.speaker !== speaker || !fits(open, word, knobs)) {
				open = { start: word.start, end: word.end, speaker, words: [] };
				cues.push(open);
			}
			open.words.push(word);
			open.end = word.end;
		}
	}
	return cues;
}

function fits(cue: Cue, next: Word, knobs: Knobs): boolean {
	return (
		cue.words.length < knobs.maxWords &&
		textOf([...cue.words, next], knobs).length <= knobs.maxChars &&
		next.end - cue.start <= knobs.maxDuration
	);
}

function text(sentences: Sentence[], knobs: Knobs): string {
	const lines = sentences.map(({ speaker, start, words }) => {
		const time = knobs.withTimestamps ? `[${clock(start, '.')}] ` : '';
		const name = knobs.withSpeakers ? `${speaker}: ` : '';
		return `${time}${name}${textOf(words, knobs)}`;
	});
	return lines.join(knobs.withTimestamps || knobs.withSpeakers ? '\n' : ' ');
}

function textOf(words: Word[], knobs: Knobs): string {
	const joined = words.map(({ word }) => word).join(' ');
	return [...joined].filter((character) => !knobs.stripChars.includes(character)).join('');
}

function clock(seconds: number, separator: string): string {
	const milliseconds = Math.round(seconds * 1000);
	const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
	const hours = two(milliseconds / 3_600_000);
	const minutes = two((milliseconds / 60_000) % 60);
	const rest = String(milliseconds % 1000).padStart(3, '0');
	return `${hours}:${minutes}:${two((milliseconds / 1000) % 60)}${separator}${rest}`;
}
