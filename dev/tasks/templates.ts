import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectFolder } from '../paths';
import { buildAll } from '../templates/build';
import { readSources } from '../templates/sources';

/** `npm run templates`: builds templates/*.json from templates/src. */
async function main(): Promise<void> {
	const built = buildAll(await readSources());
	for (const [name, text] of Object.entries(built)) {
		await writeFile(join(projectFolder, 'templates', `${name}.json`), text);
	}
	console.log(`Built ${Object.keys(built).length} templates from templates/src.`);
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
