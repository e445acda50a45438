/** `npm run faults`: the faults of test/faults in n8n's queue mode, or those named by the arguments. */
import { installDebianPackages } from '../debian';
import { installN8n } from '../n8n/install';
import { runScript } from '../script';
import { runProgram } from '../program';

const longestMinutes = 240;

async function main(seeds: string[]): Promise<void> {
	await installDebianPackages();
	await installN8n();
	await runScript('test/faults/main.ts', seeds, longestMinutes);
}

runProgram(async () => await main(process.argv.slice(2)));
