/** Captions as parsers read them that know nothing of the code that wrote them. */
import { parseSync } from 'subtitle';
import vtt from 'vtt.js';
import { WebVTTParser } from 'webvtt-parser';

import { toSrt, toVtt } from '../../../nodes/Transcript/captions';
import { DEFAULT_SETTINGS } from '../../../nodes/Transcript/captionSettings';
import type { FileSettings } from '../../../nodes/Transcript/captionSettings';
import type { Segment, Transcript } from '../../../nodes/shared/transcript/transcript';

/** A caption as a parser reads it. */
export interface Cue {
	/** Seconds from the start. */
	start: number;
	/** Seconds from the start. */
	end: number;
	text: string;
}

/** A transcript of such segments. */
export const transcriptOf = (segments: Segment[], more: Partial<Transcript> = {}): Transcript => ({
	provider: 'probe',
	id: 'job1',
	status: 'completed',
	text: segments.map(({ text }) => text).join(' '),
	language: 'en',
	durationSeconds: null,
	speechDetected: null,
	speakers: [],
	segments,
	error: null,
	fileName: null,
	...more,
});

/** A segment without times of its words. */
export const segmentOf = (text: string, start: number | null, end: number | null): Segment => ({
	start,
	end,
	speaker: null,
	text,
	words: [],
});

/** Without speakers. */
export const PLAIN: FileSettings = { ...DEFAULT_SETTINGS, speakers: false };

/** With speakers. */
export const LABELLED: FileSettings = { ...DEFAULT_SETTINGS, speakers: true };

function srtCues(text: string): Cue[] {
	return parseSync(text).flatMap((node) =>
		node.type === 'cue'
			? [{ start: node.data.start / 1000, end: node.data.end / 1000, text: node.data.text }]
			: [],
	);
}

/** WebVTT as the W3C's validator reads it, which must find nothing wrong. */
export function vttCues(text: string): Cue[] {
	const { cues, errors } = new WebVTTParser().parse(text, 'subtitles/captions/descriptions');
	expect(errors).toEqual([]);
	return cues.map(({ startTime, endTime, text: lines }) => ({
		start: startTime,
		end: endTime,
		text: lines,
	}));
}

/** A caption as Firefox's parser fills it in; its own needs a browser around it. */
class ParsedCue {
	startTime = 0;
	endTime = 0;
	text = '';
}

/** WebVTT as Firefox reads it. */
function firefoxCues(text: string): Cue[] {
	const cues: Cue[] = [];
	const errors: Error[] = [];
	const parser = new vtt.WebVTT.Parser({ VTTCue: ParsedCue }, vtt.WebVTT.StringDecoder());
	parser.oncue = ({ startTime, endTime, text: lines }) =>
		cues.push({ start: startTime, end: endTime, text: lines });
	parser.onparsingerror = (error) => errors.push(error);
	parser.parse(text).flush();
	expect(errors).toEqual([]);
	return cues;
}

/** Each format with a parser of it; a cue's text is as the format writes it, escapes and all. */
export const CAPTION_PARSERS = [
	['SRT', (given: Transcript, settings = PLAIN) => srtCues(toSrt(given, settings))],
	['WebVTT', (given: Transcript, settings = PLAIN) => vttCues(toVtt(given, settings))],
	[
		'WebVTT of Firefox',
		(given: Transcript, settings = PLAIN) => firefoxCues(toVtt(given, settings)),
	],
] as const;

/** The lines of all cues, with WebVTT's escapes undone. */
export function linesOf(format: string, cues: Cue[]): string[] {
	return cues
		.flatMap(({ text }) => text.split('\n'))
		.map((line) => (format === 'SRT' ? line : unescaped(line)));
}

function unescaped(line: string): string {
	return line.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
}
