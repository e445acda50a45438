/** `npm run flood`: sends hostile requests to every webhook and writes docs/flood.md; an argument says how many each gets. */
import { installN8n } from '../n8n/install';
import { runScript } from '../script';
import { runProgram } from '../program';

const longestMinutes = 120;

async function main(given: string[]): Promise<void> {
	await installN8n();
	await runScript('test/flood/main.ts', given, longestMinutes);
}

runProgram(async () => await main(process.argv.slice(2)));
