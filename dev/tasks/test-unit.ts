/** `npm run test:unit`: the tests that need no n8n; arguments go to jest. */
import { runJest } from '../jest';

async function main(): Promise<void> {
	const { failed } = await runJest('unit', process.argv.slice(2));
	process.exitCode = failed === 0 ? 0 : 1;
}

void main();
