import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { bunIn, installArguments, isLocked, isNotedIn, noteIn } from '../bun.cjs';
import { type Print, runStep, toTerminal } from '../command';
import { projectFolder } from '../paths';

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
	if (isNotedIn(folder)) return;
	const options = { cwd: folder, timeoutMinutes: 30, print };
	const empty = async () => {
		await rm(join(folder, 'node_modules'), { recursive: true, force: true });
	};
	// what another installer has put there lies elsewhere
	await empty();
	try {
		const bun = bunIn(projectFolder);
		if (bun === undefined) throw new Error('There is no Bun for this machine.');
		await runStep(title, bun, installArguments(folder), options);
	} catch (error) {
		print ??= toTerminal;
		print(`${(error as Error).message}\n`);
		await empty();
		await runStep(`${title} with npm`, 'npm', npmArguments(folder), options);
	}
	noteIn(folder);
}

function npmArguments(folder: string): string[] {
	// one of the native add-ons that n8n can do without does not build everywhere
	const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
	return isLocked(folder) ? ['ci', ...flags] : ['install', '--no-package-lock', ...flags];
}
