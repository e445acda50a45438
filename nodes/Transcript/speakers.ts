/** The names of those who speak, in the order of their first words. */
export function speakersOf(said: Array<{ speaker: string | null }>): string[] {
	const names = new Set(said.map(({ speaker }) => speaker));
	return [...names].filter((name) => name !== null);
}
