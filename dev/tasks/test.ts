/**
 * `npm test`: installs what is missing, then build and scan with lint beside them, unit tests, tests of the simulator,
 * tests on a real n8n, on one in queue mode, and in its editor. Each step prints its own output; at the end comes what
 * failed, and the last line counts them all: lint, build and scan as one each.
 */
import { runCommand } from '../command';
import { installDebianPackages } from '../debian';
import { type Outcome, runJest } from '../jest';
import { installN8n } from '../n8n/install';
import { projectFolder } from '../paths';

/**
 * Runs a script of package.json as one step that passes or fails.
 *
 * @param print see CommandOptions
 */
async function script(name: string, print?: (text: string) => void): Promise<Outcome> {
	const exitCode = await runCommand('npm', ['run', '--silent', name], {
		cwd: projectFolder,
		env: { ...process.env, CI: 'true' },
		timeoutMinutes: 10,
		print,
	});
	return exitCode === 0
		? { passed: 1, failed: 0, skipped: [], failures: [] }
		: { passed: 0, failed: 1, skipped: [], failures: [`npm run ${name}`] };
}

/** Runs the lint beside what comes first: neither of them keeps two cores busy. */
function startLint(): () => Promise<Outcome> {
	const printed: string[] = [];
	const ended = script('lint', (text) => printed.push(text));
	return async () => {
		const outcome = await ended;
		process.stdout.write(printed.join(''));
		return outcome;
	};
}

interface Step {
	name: string;
	run(): Promise<Outcome>;
}

/** The steps in their order; whatever runs beside the first two is waited for after them. */
const stepsWithLint = (lint: Step['run']): Step[] => [
	{ name: 'build', run: async () => await script('build') },
	{ name: 'scan', run: async () => await script('scan') },
	{ name: 'lint', run: lint },
	{ name: 'unit tests', run: async () => await runJest('unit') },
	{ name: 'simulator tests', run: async () => await runJest('simulator') },
	{ name: 'n8n tests', run: async () => await runJest('n8n') },
	{ name: 'queue mode tests', run: async () => await runJest('queue') },
	{ name: 'browser tests', run: async () => await runJest('browser') },
];

async function main(): Promise<void> {
	await installDebianPackages();
	await installN8n();
	const outcomes: Array<Outcome & { name: string }> = [];
	for (const { name, run } of stepsWithLint(startLint())) {
		console.log(`\n=== ${name} ===`);
		outcomes.push({ name, ...(await run()) });
	}
	report(outcomes);
}

function report(outcomes: Array<Outcome & { name: string }>): void {
	const skipped = outcomes.flatMap((outcome) => outcome.skipped);
	console.log();
	// what failed an hour of output ago is found at its end
	for (const failure of outcomes.flatMap(({ failures }) => failures)) {
		console.log(`failed: ${failure}`);
	}
	for (const { name, passed, failed } of outcomes) {
		console.log(`${name}: ${passed} passed, ${failed} failed`);
	}
	for (const test of skipped) console.log(`skipped: ${test}`);
	const passed = sum(outcomes.map((outcome) => outcome.passed));
	const failed = sum(outcomes.map((outcome) => outcome.failed));
	const tail = skipped.length > 0 ? `, ${skipped.length} skipped` : '';
	console.log(`${passed} passed, ${failed} failed${tail}`);
	process.exitCode = failed === 0 ? 0 : 1;
}

function sum(numbers: number[]): number {
	return numbers.reduce((total, number) => total + number, 0);
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	console.log('0 passed, 1 failed');
	process.exitCode = 1;
});
