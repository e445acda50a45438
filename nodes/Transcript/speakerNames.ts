import type { Transcript } from '../shared/transcript/transcript';
import { speakersIn } from '../shared/transcript/speakers';

/** A label of a transcript, and the name of the person. */
export interface SpeakerName {
	from: string;
	to: string;
}

/** A transcript with names, and what could not be named. */
export interface NamedTranscript {
	transcript: Transcript;
	/** Labels that were given a name and that the transcript does not have. */
	labelsNotFound: string[];
	/** Labels of the transcript that were given no name. */
	labelsWithoutName: string[];
}

/**
 * Puts names for labels. A label that is not found as it is written is looked for without regard to
 * letter case and blanks around it. Names that are empty leave their labels as they are, and labels
 * with one name are one speaker.
 */
export function withNames(transcript: Transcript, names: SpeakerName[]): NamedTranscript {
	const labels = speakersIn(transcript);
	const nameOf = new Map<string, string>();
	const labelsNotFound: string[] = [];
	for (const { from, to } of names) {
		const label = labelLike(from, labels);
		if (label === undefined) labelsNotFound.push(from);
		else if (to.trim() !== '') nameOf.set(label, to.trim());
	}
	const named = (label: string) => nameOf.get(label) ?? label;
	return {
		transcript: {
			...transcript,
			speakers: [...new Set(labels.map(named))],
			segments: transcript.segments.map((segment) => ({
				...segment,
				speaker: segment.speaker === null ? null : named(segment.speaker),
			})),
		},
		labelsNotFound,
		labelsWithoutName: labels.filter((label) => !nameOf.has(label)),
	};
}

function labelLike(wanted: string, labels: string[]): string | undefined {
	const plain = (label: string) => label.trim().toLowerCase();
	return (
		labels.find((label) => label === wanted) ??
		labels.find((label) => plain(label) === plain(wanted))
	);
}
