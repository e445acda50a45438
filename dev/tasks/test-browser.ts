/** `npm run test:browser`: the tests in n8n's editor; arguments go to jest. */
import { installDebianPackages } from '../debian';
import { runJest } from '../jest';
import { installN8n } from '../n8n/install';
import { runProgram } from '../program';

async function main(): Promise<void> {
	await installDebianPackages();
	await installN8n();
	const { failed } = await runJest('browser', process.argv.slice(2));
	process.exitCode = failed === 0 ? 0 : 1;
}

runProgram(main);
