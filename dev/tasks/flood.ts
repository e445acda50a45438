/** `npm run flood`: sends hostile requests to every webhook and writes docs/flood.md; an argument says how many each gets. */
import { join } from 'node:path';
import { runCommand } from '../command';
import { installN8n } from '../n8n/install';
import { projectFolder } from '../paths';

const longestMinutes = 120;

async function main(given: string[]): Promise<void> {
	await installN8n();
	const script = join(projectFolder, 'test', 'flood', 'main.ts');
	process.exitCode = await runCommand(process.execPath, ['--import', 'tsx', script, ...given], {
		cwd: projectFolder,
		timeoutMinutes: longestMinutes,
	});
}

main(process.argv.slice(2)).catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
