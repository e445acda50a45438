/** `npm run bench`: runs the measurements of test/bench; arguments name some of them. */
import { installN8n } from '../n8n/install';
import { runScript } from '../script';
import { runProgram } from '../program';

const longestMinutes = 240;

async function main(names: string[]): Promise<void> {
	await installN8n();
	// a bench that is ended ends its n8n, which hangs on a pipe of it
	await runScript('test/bench/main.ts', names, longestMinutes);
}

runProgram(async () => await main(process.argv.slice(2)));
