/** `npm run test:n8n`: the tests on a real n8n; arguments go to jest. */
import { runJest } from '../jest';
import { installN8n } from '../n8n/install';
import { runProgram } from '../program';

async function main(): Promise<void> {
	await installN8n();
	const { failed } = await runJest('n8n', process.argv.slice(2));
	process.exitCode = failed === 0 ? 0 : 1;
}

runProgram(main);
