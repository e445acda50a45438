import { oneLine } from '../shared/core/safeText';

/** What one says who speaks with: `Ann: `, where it is another one than before. */
export function labelOf(
	{ speaker }: { speaker: string | null },
	before?: { speaker: string | null },
): string {
	return speaker !== null && speaker !== before?.speaker ? `${oneLine(speaker)}: ` : '';
}
