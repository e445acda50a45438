/** `npm run test:unit`: the tests that need no n8n; arguments go to jest. */
import { installDebianPackages } from '../debian';
import { runJest } from '../jest';
import { runProgram } from '../program';

async function main(): Promise<void> {
	await installDebianPackages('unit');
	const { failed } = await runJest('unit', process.argv.slice(2));
	process.exitCode = failed === 0 ? 0 : 1;
}

runProgram(main);
