import type { FileSettings } from './captionSettings';
import type { Cue } from './cues';
import { joined as textsJoined, widthOf } from './lineBreaks';

/** How far behind its words a caption may come, for the one before it to be read. */
const LONGEST_LAG_MILLISECONDS = 2000;

/**
 * Joins each caption that has too little time to the ones behind it, as far as its lines have room: a
 * word goes on the same line, what somebody else says on the next.
 *
 * @param cues in the order of their starts
 */
export function joined(cues: Cue[], settings: FileSettings): Cue[] {
	const shortest = settings.shortestCueSeconds * 1000;
	const result: Cue[] = [];
	for (const cue of cues) {
		const before = result.at(-1);
		const isTooSoon = before !== undefined && cue.start - before.start < shortest;
		if (!isTooSoon || !join(before, cue, settings)) result.push(cue);
	}
	return result;
}

function join(cue: Cue, next: Cue, settings: FileSettings): boolean {
	const end = Math.max(cue.end, next.end);
	if (end - cue.start > settings.longestCueSeconds * 1000) return false;
	const lines = linesTogether(cue, next, settings.charactersPerLine);
	if (lines.length > settings.linesPerCue) return false;
	Object.assign(cue, { end, lines, speaker: next.speaker });
	return true;
}

function linesTogether(cue: Cue, next: Cue, charactersPerLine: number): string[] {
	const [first = '', ...others] = next.lines;
	const last = cue.lines.at(-1) ?? '';
	const line = textsJoined([last, first]);
	const isOneTurn = cue.speaker === next.speaker && !next.isLabelled;
	if (!isOneTurn || widthOf(line) > charactersPerLine) return [...cue.lines, ...next.lines];
	return [...cue.lines.slice(0, -1), line, ...others];
}

/**
 * Gives each caption its time: that of its words, longer where it is not read by then, until the next
 * one begins. One that would be too short pushes the next one back, by no more than two seconds unless
 * that one's words have no time of their own.
 *
 * @param cues in the order of their starts
 * @returns captions that do not overlap, each of at least a millisecond
 */
export function inTime(cues: Cue[], settings: FileSettings): Cue[] {
	let earliest = 0;
	return cues.map((cue, index) => {
		const start = Math.max(cue.start, earliest);
		const next = cues[index + 1]?.start ?? Infinity;
		const end = start + lengthOf(cue, next - start, settings);
		earliest = end;
		return { lines: cue.lines, speaker: cue.speaker, isLabelled: cue.isLabelled, start, end };
	});
}

/** How long a caption stays, in whole milliseconds. */
function lengthOf(cue: Cue, untilNext: number, settings: FileSettings): number {
	const longest = settings.longestCueSeconds * 1000;
	const shortest = Math.min(settings.shortestCueSeconds * 1000, longest);
	const spoken = Math.max(Math.min(cue.end - cue.start, longest), 1);
	const read = Math.min(readingTime(cue, settings), longest);
	const needed = Math.max(shortest, Math.min(spoken, read));
	const lagging = Math.min(needed, untilNext + LONGEST_LAG_MILLISECONDS);
	const least = Math.max(Math.min(spoken, shortest), lagging);
	const wanted = Math.max(spoken, shortest, read);
	return Math.max(Math.round(Math.max(least, Math.min(wanted, untilNext))), 1);
}

function readingTime({ lines }: Cue, { charactersPerSecond }: FileSettings): number {
	const characters = lines.reduce((sum, line) => sum + widthOf(line), 0);
	return (characters / charactersPerSecond) * 1000;
}
