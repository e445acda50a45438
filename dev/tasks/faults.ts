/** `npm run faults`: ten seeds of faults in n8n's queue mode, or those given as arguments. */
import { join } from 'node:path';
import { runCommand } from '../command';
import { installDebianPackages } from '../debian';
import { installN8n } from '../n8n/install';
import { projectFolder } from '../paths';

const longestMinutes = 240;

async function main(seeds: string[]): Promise<void> {
	await installDebianPackages();
	await installN8n();
	const script = join(projectFolder, 'test', 'faults', 'main.ts');
	process.exitCode = await runCommand(process.execPath, ['--import', 'tsx', script, ...seeds], {
		cwd: projectFolder,
		timeoutMinutes: longestMinutes,
	});
}

main(process.argv.slice(2)).catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
