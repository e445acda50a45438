import type { Transcript } from './transcript';

/** The names of those who speak, in the order of their first words. */
export function speakersOf(said: Array<{ speaker: string | null }>): string[] {
	const names = new Set(said.map(({ speaker }) => speaker));
	return [...names].filter((name) => name !== null);
}

/** The names that a transcript lists, then those that only its segments have. */
export function speakersIn({ speakers, segments }: Transcript): string[] {
	return [...new Set([...speakers, ...speakersOf(segments)])];
}
