/**
 * `npm run test:versions`: the pack on the newest n8n 1.x, on the oldest 2.x that the templates can
 * run on, and on the newest 2.x, each installed from the registry and run by the oldest Node.js that
 * it takes. Writes the table of docs/versions.md. Other versions can be named instead
 * (`npm run test:versions -- 1.123.81 2.20.12`): their table is only printed.
 */
import { execFileSync } from 'node:child_process';
import { runJest } from '../jest';
import { type N8nInstallation, otherN8nVariable } from '../n8n/installation';
import { findingsOf } from '../versions/findings';
import { installVersion } from '../versions/install';
import { writePage } from '../versions/page';
import { type Choice, choicesFrom, publishedVersions } from '../versions/registry';
import { tableOf, type Tested } from '../versions/table';
import { runProgram } from '../program';

/** Tests on a real n8n that every version has to pass, and what they show; the rest is in test/versions. */
const suites: Record<string, string> = {
	scriptivox: 'Scriptivox: files and links to transcripts, error output',
	whipscribe: 'Whipscribe: the same, with the polling trigger',
	transcripton: 'Transcripton: the same, with the signed trigger',
	scripe: 'Scripe: files and texts to posts, with the polling trigger',
	mediascribe: 'MediaScribe: start and stop, with the polling trigger',
	dropbox: 'Dropbox trigger: signed and polling, renewed tokens',
};

/** What was installed for a choice, and which newer versions could not be. */
interface Installed {
	what: string;
	version: string;
	n8n: N8nInstallation;
	leftOut: string[];
}

const mostAttempts = 5;

async function install({ what, candidates }: Choice): Promise<Installed> {
	const leftOut: string[] = [];
	for (const version of candidates.slice(0, mostAttempts)) {
		try {
			return { what, version, n8n: await installVersion(version), leftOut };
		} catch (error) {
			console.log(`n8n ${version} is left out: ${(error as Error).message}`);
			leftOut.push(version);
		}
	}
	throw new Error(`None of the versions for "${what}" could be installed.`);
}

/** Runs the tests on a version; undefined where one failed. */
async function test({ what, version, n8n }: Installed): Promise<Tested | undefined> {
	console.log(`\n=== n8n ${version} (${what}) ===`);
	const findings = findingsOf(version);
	findings.clear();
	process.env[otherN8nVariable] = n8n.folder;
	const files = Object.keys(suites).map((name) => `test/n8n/${name}.test.ts`);
	const outcomes = [await runJest('versions'), await runJest('n8n', files)];
	delete process.env[otherN8nVariable];
	if (outcomes.some(({ failed }) => failed > 0)) return undefined;
	for (const title of Object.values(suites)) findings.add(title, 'yes');
	const node = execFileSync(n8n.node.executable, ['--version'], { encoding: 'utf8' }).trim();
	return { what, version, node, findings: findings.read() };
}

async function main(): Promise<void> {
	const named = process.argv.slice(2);
	const choices = named.length
		? named.map((version) => ({ what: 'named', candidates: [version] }))
		: choicesFrom(await publishedVersions());
	const results: Array<{ installed: Installed; tested: Tested | undefined }> = [];
	for (const choice of choices) {
		const installed = await install(choice);
		results.push({ installed, tested: await test(installed) });
	}
	const failed = results.filter(({ tested }) => !tested);
	const passed = results.flatMap(({ tested }) => tested ?? []);
	const table = tableOf(
		passed,
		results.flatMap(({ installed }) => installed.leftOut),
	);
	console.log(`\n${table}`);
	for (const { installed } of failed) console.log(`FAILED: n8n ${installed.version}`);
	if (failed.length === 0 && named.length === 0) await writePage(table);
	process.exitCode = failed.length === 0 ? 0 : 1;
}

runProgram(main);
