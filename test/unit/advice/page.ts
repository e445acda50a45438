import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { projectFolder } from '../../../dev/paths';

const page = readFileSync(join(projectFolder, 'docs', 'troubleshooting.md'), 'utf8');

/** What the page on troubleshooting says of each message, without line ends. */
export const sections = new Map(
	page
		.split(/^#{2,3} /m)
		.map((section) => /^`(.+)`\n([\s\S]*)$/.exec(section))
		.filter((found) => found !== null)
		.map(([, message, text]) => [message!, text!.replace(/\s+/g, ' ').trim()]),
);

/** What a message of the page looks like with its gaps filled in. */
export function patternOf(message: string): RegExp {
	const parts = message.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
	// a provider's words may follow, and the item's number
	return new RegExp(`^${parts.join('.*')}(:.*| to .*)?( \\[item \\d+\\])?$`, 's');
}

/** The codes in the first cells of a section's table, those of one row as one text. */
export function readRows(section: string): string[] {
	const cells = [...section.matchAll(/\| ((?:`[^`]+`(?:, )?)+) \|/g)].map(([, cell]) => cell!);
	return cells.map((cell) => cell.replaceAll('`', ''));
}
