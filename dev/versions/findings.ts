import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { workFolder } from '../paths';

/** What the tests found of a version, by what they looked at. */
export type Findings = Record<string, string>;

/** Where tests note what docs/versions.md is to say of a version, over several runs of jest. */
export function findingsOf(version: string) {
	const file = join(workFolder, 'versions', `${version}.json`);
	const read = (): Findings => {
		try {
			return JSON.parse(readFileSync(file, 'utf8')) as Findings;
		} catch {
			return {};
		}
	};
	return {
		/** All that was noted since `clear`. */
		read,
		/** Notes one thing, in a word or a sentence. */
		add(what: string, finding: string): void {
			mkdirSync(dirname(file), { recursive: true });
			writeFileSync(file, JSON.stringify({ ...read(), [what]: finding }));
		},
		/** Forgets everything. */
		clear(): void {
			rmSync(file, { force: true });
		},
	};
}
