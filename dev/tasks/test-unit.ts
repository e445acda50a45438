/** `npm run test:unit`: the tests that need no n8n; arguments go to jest. */
import { installDebianPackages } from '../debian';
import { runJest } from '../jest';

async function main(): Promise<void> {
	await installDebianPackages('unit');
	const { failed } = await runJest('unit', process.argv.slice(2));
	process.exitCode = failed === 0 ? 0 : 1;
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
