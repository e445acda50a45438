/** The break tests of the Unicode Character Database, as Debian's package unicode-data brings them. */
import { existsSync, readFileSync } from 'node:fs';

const FOLDER = '/usr/share/unicode/auxiliary';

/** A text of a break test, in the pieces between its breaks. */
export interface BreakCase {
	/** The line of the file. */
	name: string;
	pieces: string[];
}

const isInstalled = existsSync(FOLDER);

/** `it` for what needs the break tests: skipped, and counted as such, where they are not installed. */
export const itWithUnicodeData = (name: string, test: () => void) =>
	isInstalled
		? it(name, test)
		: it.skip(`${name} (not run: Debian's package unicode-data is not installed)`, test);

/**
 * The cases of a break test: `÷` is a break, `×` is none (as the file's own head explains).
 *
 * @param name such as `LineBreakTest`
 * @throws where the package is not installed
 */
export function breakCases(name: string): BreakCase[] {
	return readFileSync(`${FOLDER}/${name}.txt`, 'utf8')
		.split('\n')
		.map((line) => line.split('#')[0]!.trim())
		.filter(Boolean)
		.map((line) => ({ name: line, pieces: line.split('÷').map(textOf).filter(Boolean) }));
}

function textOf(codes: string): string {
	const points = codes.split(/[\s×]+/).filter(Boolean);
	return points.map((point) => String.fromCodePoint(parseInt(point, 16))).join('');
}
