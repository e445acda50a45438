import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { type Print, runCommand } from './command';
import { nodeOfTests } from './nodeOfN8n';
import { projectFolder, workFolder } from './paths';
import { SPARING } from './sparing';

/** What is read of the file that jest writes with --json (Jest documentation, "CLI options"). */
interface JestReport {
	numPassedTests: number;
	numFailedTests: number;
	numRuntimeErrorTestSuites: number;
	testResults: Array<{
		name: string;
		/** What the suite itself fails with, such as a file that does not load. */
		message: string;
		assertionResults: Array<{ status: string; fullName: string; failureMessages: string[] }>;
	}>;
}

/** Results of one or more test steps. */
export interface Outcome {
	passed: number;
	failed: number;
	/** What was not run, each with its name, which says why. */
	skipped: string[];
	/** What failed, each with its name and the first lines of its reason. */
	failures: string[];
}

const LINES_OF_REASON = 8;
const LONGEST_LINE = 300;

const jestScript = join(projectFolder, 'node_modules', 'jest', 'bin', 'jest.js');

/** The projects of jest.config.js, with the minutes after which they are given up. */
const timeoutMinutes = { unit: 25, simulator: 10, n8n: 60, queue: 30, versions: 30, browser: 30 };

type Project = keyof typeof timeoutMinutes;

/**
 * How many suites run at once. n8n waits about as much as it works: two suites with one each, and what `npm test` runs
 * beside them, keep two cores busy.
 */
const workers: Record<Project, string> = {
	// some suites wait for the real clock and leave their core to a third
	unit: '3',
	// jest leaves a core unused by default, on a small machine half of them
	simulator: '100%',
	n8n: '2',
	// one suite has five processes of n8n
	queue: '1',
	versions: '1',
	browser: '1',
};

/** Where n8n runs with other settings than its own; some suites among them set those again. */
const environments: Partial<Record<Project, Record<string, string>>> = {
	n8n: SPARING,
	queue: SPARING,
	browser: SPARING,
};

/**
 * Runs one of jest's projects; its report goes to the terminal.
 *
 * @param extraArguments further arguments of jest, e.g. a file's name
 * @param print see CommandOptions
 */
export async function runJest(
	project: Project,
	extraArguments: string[] = [],
	print?: Print,
): Promise<Outcome> {
	const report = join(workFolder, `jest-${project}.json`);
	await mkdir(workFolder, { recursive: true });
	await rm(report, { force: true });
	const exitCode = await runCommand(
		nodeOfTests(),
		[
			jestScript,
			'--ci',
			'--selectProjects',
			project,
			'--json',
			`--outputFile=${report}`,
			workers[project] === '1' ? '--runInBand' : `--maxWorkers=${workers[project]}`,
			...extraArguments,
		],
		{
			cwd: projectFolder,
			env: { ...process.env, CI: 'true', ...environments[project] },
			timeoutMinutes: timeoutMinutes[project],
			print,
		},
	);
	const outcome = await outcomeOf(report);
	// jest can fail without a failed test, e.g. when it finds none or crashes
	if (exitCode !== 0 && outcome.failed === 0) {
		outcome.failed = 1;
		outcome.failures.push(`jest ended with ${exitCode}`);
	}
	return outcome;
}

async function outcomeOf(report: string): Promise<Outcome> {
	if (!existsSync(report)) return { passed: 0, failed: 0, skipped: [], failures: [] };
	const results = JSON.parse(await readFile(report, 'utf8')) as JestReport;
	const named = (suite: { name: string }, what: string) =>
		`${relative(projectFolder, suite.name)}: ${what}`;
	const skipped = results.testResults.flatMap((suite) =>
		suite.assertionResults
			.filter(({ status }) => ['pending', 'skipped', 'todo', 'disabled'].includes(status))
			.map((test) => named(suite, test.fullName)),
	);
	const failures = results.testResults.flatMap((suite) => {
		const failed = suite.assertionResults.filter(({ status }) => status === 'failed');
		if (suite.assertionResults.length === 0 && suite.message) {
			return [named(suite, shortened(suite.message))];
		}
		return failed.map((test) =>
			named(suite, `${test.fullName}\n${shortened(test.failureMessages.join('\n'))}`),
		);
	});
	return {
		passed: results.numPassedTests,
		// a suite that does not load counts as one
		failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
		skipped,
		failures,
	};
}

/** The first lines of what a test failed with, without colors. */
function shortened(message: string): string {
	const lines = stripVTControlCharacters(message)
		.split('\n')
		.filter((line) => line.trim());
	return lines
		.slice(0, LINES_OF_REASON)
		.map((line) => `    ${line.slice(0, LONGEST_LINE)}`)
		.join('\n');
}
