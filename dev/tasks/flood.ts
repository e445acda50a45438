/** `npm run flood`: sends hostile requests to every webhook and writes docs/flood.md; an argument says how many each gets. */
import { installN8n } from '../n8n/install';
import { runScript } from '../script';

const longestMinutes = 120;

async function main(given: string[]): Promise<void> {
	await installN8n();
	await runScript('test/flood/main.ts', given, longestMinutes);
}

main(process.argv.slice(2)).catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
