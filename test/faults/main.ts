/**
 * The faults of ten seeds for the folder watcher, of one for parked executions and of one for Google Drive, one after
 * the other, or those given: numbers of seeds, `parked`, and `drive`; `npm run faults` starts this.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectFolder } from '../../dev/paths';
import { DriveUnderFaults } from '../rig/faults/driveUnderFaults';
import { runFaults } from '../rig/faults/faultRun';
import type { StartSubject } from '../rig/faults/faultSubject';
import { KeptResults } from '../rig/measuring/keptResults';
import { ParkedUnderFaults } from '../rig/faults/parkedUnderFaults';
import { WatcherUnderFaults } from '../rig/faults/watcherUnderFaults';
import { today } from '../rig/measuring/today';
import { DRIVE, faultsPage, type KeptOutcome, PARKED } from '../rig/faults/faultsPage';
import { runProgram } from '../../dev/program';

const SEEDS = Array.from({ length: 10 }, (_, index) => String(index + 1));
const WATCHED_FILES = 200;
/** What else faults happen to, by the name that it is run by. */
const OTHERS: Record<string, { subject: StartSubject; files: number; title: string }> = {
	[PARKED]: { subject: ParkedUnderFaults.start, files: 300, title: 'Parked executions' },
	[DRIVE]: { subject: DriveUnderFaults.start, files: 200, title: 'Google Drive' },
};
const SEED_OF_OTHERS = 1;
const MOST_SECONDS = 600;
const kept = new KeptResults<KeptOutcome>('faults');

async function main(names: string[]): Promise<void> {
	const wrong = names.find((name) => !(name in OTHERS) && !/^\d+$/.test(name));
	if (wrong !== undefined) {
		throw new Error(`"${wrong}" is no seed, and none of ${Object.keys(OTHERS).join(', ')}.`);
	}
	let problems = 0;
	for (const name of names) {
		const begun = Date.now();
		console.log(`\n${OTHERS[name]?.title ?? `Seed ${name}`}`);
		const say = (line: string) =>
			console.log(`  ${Math.round((Date.now() - begun) / 1000)} s: ${line}`);
		const outcome = await outcomeOf(name, say);
		for (const line of outcome.problems) say(line);
		say(`${outcome.secondsAfter} s after the last fault: ${outcome.problems.length} problems`);
		problems += outcome.problems.length;
		await write(await kept.keep(outcome));
	}
	if (problems > 0) process.exitCode = 1;
}

async function outcomeOf(name: string, say: (line: string) => void): Promise<KeptOutcome> {
	const watched = { subject: WatcherUnderFaults.start, files: WATCHED_FILES };
	const { subject, files } = OTHERS[name] ?? watched;
	const seed = name in OTHERS ? SEED_OF_OTHERS : Number(name);
	const given = { subject, files, seed };
	const outcome = await runFaults({ ...given, asItIs: true, mostSeconds: MOST_SECONDS, say });
	return { ...outcome, name, day: today() };
}

async function write(outcomes: KeptOutcome[]): Promise<void> {
	const sorted = outcomes.sort((a, b) => a.seed - b.seed);
	await writeFile(join(projectFolder, 'docs', 'faults.md'), faultsPage(sorted));
}

const names = process.argv.slice(2);
runProgram(async () => await main(names.length > 0 ? names : [...SEEDS, ...Object.keys(OTHERS)]));
