/** The faults of ten seeds, or of those given, one after the other; `npm run faults` starts this. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectFolder, workFolder } from '../../dev/paths';
import { runFaults, type FaultOutcome } from '../rig/faultRun';
import { faultsPage } from './page';

const SEEDS = Array.from({ length: 10 }, (_, index) => index + 1);
const FILES = 200;
const MOST_SECONDS = 600;
const outcomesFile = join(workFolder, 'faults.json');

async function main(seeds: number[]): Promise<void> {
	if (seeds.some((seed) => !Number.isSafeInteger(seed)))
		throw new Error('A seed is a whole number.');
	const outcomes = await earlier();
	for (const seed of seeds) {
		const begun = Date.now();
		console.log(`\nSeed ${seed}`);
		const say = (line: string) =>
			console.log(`  ${Math.round((Date.now() - begun) / 1000)} s: ${line}`);
		const options = { seed, files: FILES, asItIs: true, mostSeconds: MOST_SECONDS, say };
		const outcome = await runFaults(options);
		outcomes.set(seed, outcome);
		for (const problem of outcome.problems) say(problem);
		say(`all through after ${outcome.secondsAfter} s: ${outcome.problems.length} problems`);
		await write([...outcomes.values()]);
	}
	if (seeds.some((seed) => outcomes.get(seed)!.problems.length > 0)) process.exitCode = 1;
}

/** What earlier runs in this folder found, by the seed. */
async function earlier(): Promise<Map<number, FaultOutcome>> {
	const text = await readFile(outcomesFile, 'utf8').catch(() => '[]');
	return new Map((JSON.parse(text) as FaultOutcome[]).map((each) => [each.seed, each]));
}

async function write(outcomes: FaultOutcome[]): Promise<void> {
	const sorted = outcomes.sort((a, b) => a.seed - b.seed);
	await writeFile(outcomesFile, JSON.stringify(sorted, null, 2));
	await writeFile(join(projectFolder, 'docs', 'faults.md'), faultsPage(sorted));
}

const seeds = process.argv.slice(2).map(Number);
main(seeds.length > 0 ? seeds : SEEDS).catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
