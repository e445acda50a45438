import type { Segment, Transcript } from '../shared/transcript/transcript';
import { oneLine } from './segmentTexts';
import { speakersIn, speakersOf } from '../shared/transcript/speakers';
import { spanOf } from './spokenTimes';

/** A part of a recording, and when it begins within the recording. */
export interface Part {
	transcript: Transcript;
	/** Seconds from the start of the recording. */
	offset: number;
}

/**
 * When the parts of a recording begin, from how long those before them last.
 *
 * @returns seconds for each part, or the index of a part whose length nobody knows
 */
export function offsetsByDurations(
	transcripts: Transcript[],
): { offsets: number[] } | { withoutDuration: number } {
	const offsets = [0];
	for (const [index, transcript] of transcripts.slice(0, -1).entries()) {
		const { durationSeconds } = transcript;
		if (durationSeconds === null) return { withoutDuration: index };
		// some providers round the length down
		const length = Math.max(durationSeconds, lastSecondOf(transcript.segments));
		offsets.push(offsets.at(-1)! + length);
	}
	return { offsets };
}

function lastSecondOf(segments: Segment[]): number {
	return segments.reduce((last, segment) => Math.max(last, spanOf(segment).end ?? 0), 0);
}

/**
 * One transcript of the parts of a recording, in their order.
 *
 * @param sameSpeakers whether a name stands for the same person in every part; otherwise names that
 * several parts have are told apart by the part's number
 */
export function mergedParts(parts: Part[], sameSpeakers: boolean): Transcript {
	const transcripts = parts.map(({ transcript }) => transcript);
	const names = sameSpeakers ? undefined : namesByPart(transcripts);
	const segments = parts.flatMap(({ transcript, offset }, index) =>
		segmentsOf(transcript).map((segment) => moved(segment, offset, names?.[index])),
	);
	const texts = transcripts.map(textOf).filter((text) => text !== '');
	return {
		provider: providersOf(transcripts),
		id: common(transcripts.map(({ id }) => id)),
		status: 'completed',
		text: texts.length > 0 ? texts.join('\n') : null,
		language: common(transcripts.map(({ language }) => language)),
		durationSeconds: durationOf(parts),
		speechDetected: anyOf(transcripts.map(({ speechDetected }) => speechDetected)),
		speakers: mergedSpeakers(transcripts, segments, names),
		segments,
		error: null,
		fileName: transcripts.find(({ fileName }) => fileName)?.fileName ?? null,
	};
}

/** The providers' names; null where no part has one. */
function providersOf(transcripts: Transcript[]): string | null {
	const names = transcripts.flatMap(({ provider }) => provider ?? []);
	return [...new Set(names)].join(', ') || null;
}

/** A part's segments; one that has only a text is a single segment. */
function segmentsOf({ segments, text, durationSeconds }: Transcript): Segment[] {
	if (segments.length > 0 || oneLine(text ?? '') === '') return segments;
	return [{ start: 0, end: durationSeconds, speaker: null, text: text!, words: [] }];
}

function textOf({ text, segments }: Transcript): string {
	return (text ?? segments.map((segment) => segment.text).join('\n')).trim();
}

function moved(segment: Segment, offset: number, names?: Map<string, string>): Segment {
	const later = (seconds: number | null) => (seconds === null ? null : inMillis(seconds + offset));
	const { speaker } = segment;
	return {
		...segment,
		start: later(segment.start),
		end: later(segment.end),
		speaker: speaker === null ? null : (names?.get(speaker) ?? speaker),
		words: segment.words.map((word) => ({
			...word,
			start: later(word.start),
			end: later(word.end),
		})),
	};
}

/** Without the digits that adding leaves behind: 0.1 + 0.2. */
function inMillis(seconds: number): number {
	return Math.round(seconds * 1000) / 1000;
}

/** What each part's speakers are called, of the names that more than one part has. */
function namesByPart(transcripts: Transcript[]): Array<Map<string, string>> {
	const namesOf = transcripts.map(speakersIn);
	const taken = new Set(namesOf.flat());
	const isShared = (name: string) => namesOf.filter((names) => names.includes(name)).length > 1;
	return namesOf.map((names, index) => {
		const shared = names.filter(isShared);
		return new Map(shared.map((name) => [name, freeName(`${name} (part ${index + 1})`, taken)]));
	});
}

function freeName(name: string, taken: Set<string>): string {
	let free = name;
	for (let count = 2; taken.has(free); count++) free = `${name} ${count}`;
	taken.add(free);
	return free;
}

function mergedSpeakers(
	transcripts: Transcript[],
	segments: Segment[],
	names: Array<Map<string, string>> | undefined,
): string[] {
	const named = transcripts.flatMap(({ speakers }, index) =>
		speakers.map((speaker) => names?.[index]?.get(speaker) ?? speaker),
	);
	return [...new Set([...named, ...speakersOf(segments)])];
}

/** What all have in common; null where they differ. */
function common(values: Array<string | null>): string | null {
	return new Set(values).size === 1 ? values[0]! : null;
}

function anyOf(detected: Array<boolean | null>): boolean | null {
	if (detected.includes(true)) return true;
	return detected.includes(null) ? null : false;
}

/** How long the recording is; null where nobody knows how long its last part is. */
function durationOf(parts: Part[]): number | null {
	const ends = parts.map(({ transcript, offset }) =>
		transcript.durationSeconds === null ? null : offset + transcript.durationSeconds,
	);
	const known = ends.filter((end) => end !== null);
	if (known.length === 0 || ends.at(-1) === null) return null;
	return inMillis(Math.max(...known));
}
