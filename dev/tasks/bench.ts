/** `npm run bench`: runs the measurements of test/bench; arguments name some of them. */
import { join } from 'node:path';
import { runCommand } from '../command';
import { installN8n } from '../n8n/install';
import { projectFolder } from '../paths';

const longestMinutes = 240;

async function main(names: string[]): Promise<void> {
	await installN8n();
	const script = join(projectFolder, 'test', 'bench', 'main.ts');
	process.exitCode = await runCommand(
		process.execPath,
		['--import', 'tsx', script, ...names],
		// a bench that is ended ends its n8n, which hangs on a pipe of it
		{ cwd: projectFolder, timeoutMinutes: longestMinutes },
	);
}

main(process.argv.slice(2)).catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
