/** `npm run pictures`: the tests in n8n's editor, with their pictures taken for the docs. */
import { join } from 'node:path';
import { installDebianPackages } from '../debian';
import { runJest } from '../jest';
import { installN8n } from '../n8n/install';
import { projectFolder } from '../paths';
import { runProgram } from '../program';

async function main(): Promise<void> {
	await installDebianPackages();
	await installN8n();
	process.env.PICTURES_FOLDER = join(projectFolder, 'docs', 'pictures');
	const { failed } = await runJest('browser', process.argv.slice(2));
	process.exitCode = failed === 0 ? 0 : 1;
}

runProgram(main);
