/**
 * `npm run scan`: what n8n's scanner would say of a published version, before it is published.
 * The scanner judges the sources at the attested commit and the tarball; here both are local, so
 * that nothing is fetched. Only its provenance check is left out: there is none before publishing.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { packTarball } from '../pack';

const PROJECT = resolve(__dirname, '../..');
const TARBALL_FILE_PATTERNS = ['**/*.js', 'package.json'];

const run = promisify(execFile);

/**
 * Lints a folder by the scanner's rules and prints what it finds.
 *
 * @param what how to call the folder in the output
 * @param patterns globs of the files to judge
 * @returns whether nothing was found
 */
async function scanFolder(what: string, folder: string, patterns: string[]): Promise<boolean> {
	const { analyzePackage } = await import('@n8n/scan-community-package/scanner/scanner.mjs');
	const { passed, message, details } = await analyzePackage(folder, patterns);
	console.log(`${passed ? 'passed' : 'FAILED'}: ${what}${message ? ` (${message})` : ''}`);
	if (details) console.log(details);
	return passed;
}

/**
 * The files that package.json promises to n8n and the folder does not hold. The scanner passes a
 * tarball that lacks them.
 */
async function missingFiles(folder: string): Promise<string[]> {
	const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
		main: string;
		n8n: { credentials: string[]; nodes: string[] };
	};
	const promised = [manifest.main, ...manifest.n8n.credentials, ...manifest.n8n.nodes];
	return promised.filter((file) => !existsSync(join(folder, file)));
}

/** Packs the project, unpacks the tarball into a temporary folder and scans what is in it. */
async function scanTarball(): Promise<boolean> {
	const tarball = await packTarball();
	const folder = await mkdtemp(join(tmpdir(), 'scan-tarball-'));
	try {
		await run('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1']);
		const missing = await missingFiles(folder);
		for (const file of missing) console.log(`FAILED: the tarball lacks ${file}`);
		const passed = await scanFolder('the packed tarball', folder, TARBALL_FILE_PATTERNS);
		return passed && missing.length === 0;
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

async function main(): Promise<void> {
	const { SOURCE_FILE_PATTERNS } = await import('@n8n/scan-community-package/scanner/scanner.mjs');
	const sourcesPassed = await scanFolder('the sources', PROJECT, SOURCE_FILE_PATTERNS);
	const tarballPassed = await scanTarball();
	process.exitCode = sourcesPassed && tarballPassed ? 0 : 1;
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
