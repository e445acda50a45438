/**
 * `npm test`: build, scan, unit tests and tests of the simulator, with lint and the installation of what is missing
 * beside them; then tests on a real n8n, with those in queue mode and in its editor beside them. Each step prints its
 * own output; at the end comes what failed, and the last line counts them all: lint, build and scan as one each.
 */
import { type Print, runCommand, toTerminal } from '../command';
import { installDebianPackages } from '../debian';
import { inTurn } from '../inTurn';
import { type Outcome, runJest } from '../jest';
import { installN8n, installPackagesOfN8n } from '../n8n/install';
import { preparedFolder } from '../n8n/prepared';
import { packTarball } from '../pack';
import { projectFolder } from '../paths';

interface Step {
	name: string;
	/** @param print see CommandOptions */
	run(print?: Print): Promise<Outcome>;
}

type NamedOutcome = Outcome & { name: string };

/** A script of package.json as one step that passes or fails. */
const script = (name: string): Step => ({
	name,
	async run(print) {
		const exitCode = await runCommand('npm', ['run', '--silent', name], {
			cwd: projectFolder,
			env: { ...process.env, CI: 'true' },
			// beside the unit tests, on a slow machine
			timeoutMinutes: 20,
			print,
		});
		return exitCode === 0
			? { passed: 1, failed: 0, skipped: [], failures: [] }
			: { passed: 0, failed: 1, skipped: [], failures: [`npm run ${name}`] };
	},
});

const jest = (project: Parameters<typeof runJest>[0], name: string): Step => ({
	name,
	run: async (print) => await runJest(project, [], print),
});

/** Builds the pack and packs it, as all that follows wants the tarball. */
const build: Step = {
	name: 'build',
	async run() {
		try {
			await packTarball();
			return { passed: 1, failed: 0, skipped: [], failures: [] };
		} catch (error) {
			return { passed: 0, failed: 1, skipped: [], failures: [(error as Error).message] };
		}
	},
};

/** What needs no n8n, in its order. */
const ofThePack = [build, script('scan')];
const withoutN8n = [jest('unit', 'unit tests'), jest('simulator', 'simulator tests')];
/** Beside both. */
const lint = script('lint');

/** What waits about as much as it works, so that two lanes keep two cores busy. */
const onN8n = [jest('n8n', 'n8n tests')];
const besideN8n = [jest('queue', 'queue mode tests'), jest('browser', 'browser tests')];

async function main(): Promise<void> {
	const forUnitTests = inTurn(async (print) => await installDebianPackages('unit', print));
	// the Node.js of n8n runs the tests
	const forJest = inTurn(installPackagesOfN8n);
	const linted = inTurn(async (print) => await inOrder([lint], print));
	const outcomes = await inOrder(ofThePack);
	await forUnitTests();
	await forJest();
	const n8n = inTurn(async (print) => {
		await installDebianPackages('all', print);
		await installN8n(print);
	});
	outcomes.push(...(await inOrder(withoutN8n)));
	outcomes.push(...(await linted()));
	await n8n();
	// once, before both lanes want it; what could not be built is not tried by each suite
	await packTarball();
	await preparedFolder();
	const beside = inTurn(async (print) => await inOrder(besideN8n, print));
	outcomes.push(...(await inOrder(onN8n)));
	outcomes.push(...(await beside()));
	report(outcomes);
}

/** Runs steps one after the other, each under its name. */
async function inOrder(steps: Step[], print?: Print): Promise<NamedOutcome[]> {
	const outcomes: NamedOutcome[] = [];
	const say = print ?? toTerminal;
	for (const { name, run } of steps) {
		say(`\n=== ${name} ===\n`);
		outcomes.push({ name, ...(await run(print)) });
	}
	return outcomes;
}

function report(outcomes: NamedOutcome[]): void {
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
