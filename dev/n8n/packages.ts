import { existsSync, readdirSync } from 'node:fs';
import { copyFile, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Print, runStep } from '../command';
import { projectFolder } from '../paths';

/** In node_modules: what was asked for when it was filled. */
const doneFile = '.installed.json';

// one of the native add-ons that n8n can do without does not build everywhere
const withoutScripts = '--ignore-scripts';

/**
 * Installs what a folder's package.json asks for, in the versions of its package-lock.json where it has one, unless
 * it is there; runs no script of a package. Bun does it in a tenth of npm's time, npm where Bun cannot.
 *
 * @param title see runStep
 * @param folder absolute
 * @param print see CommandOptions
 * @throws when neither can
 */
export async function installPackages(title: string, folder: string, print?: Print): Promise<void> {
	const isLocked = existsSync(join(folder, 'package-lock.json'));
	const asked = join(folder, isLocked ? 'package-lock.json' : 'package.json');
	const done = join(folder, 'node_modules', doneFile);
	if ((await textOf(done)) === (await textOf(asked))) return;
	// what another installer has put there lies elsewhere
	await rm(join(folder, 'node_modules'), { recursive: true, force: true });
	const options = { cwd: folder, timeoutMinutes: 30, print };
	try {
		await runStep(title, bunExecutable(), bunArguments(isLocked), options);
	} catch (error) {
		print ??= (text) => process.stdout.write(text);
		print(`${(error as Error).message}\n`);
		await rm(join(folder, 'node_modules'), { recursive: true, force: true });
		await runStep(`${title} with npm`, 'npm', npmArguments(isLocked), options);
	}
	await copyFile(asked, done);
}

function bunArguments(isLocked: boolean): string[] {
	const flags = [withoutScripts, '--no-save', '--no-progress', '--no-summary'];
	return ['install', ...(isLocked ? ['--frozen-lockfile'] : []), ...flags];
}

function npmArguments(isLocked: boolean): string[] {
	const flags = [withoutScripts, '--no-audit', '--no-fund', '--loglevel=error'];
	return isLocked ? ['ci', ...flags] : ['install', '--no-package-lock', ...flags];
}

/**
 * The program of the package `bun`: npm brings the one for this machine, and runs no script that puts it in place.
 *
 * @throws where npm brought none
 */
function bunExecutable(): string {
	const packages = join(projectFolder, 'node_modules', '@oven');
	const names = existsSync(packages) ? readdirSync(packages) : [];
	const files = names.flatMap((name) =>
		['bun', 'bun.exe'].map((file) => join(packages, name, 'bin', file)),
	);
	const executable = files.find((file) => existsSync(file));
	if (executable === undefined) throw new Error('There is no Bun for this machine.');
	return executable;
}

async function textOf(file: string): Promise<string | undefined> {
	return await readFile(file, 'utf8').catch(() => undefined);
}
