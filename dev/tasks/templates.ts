import { join } from 'node:path';
import { projectFolder } from '../paths';
import { buildTemplates, takeTemplate } from '../templates/workshop';

const usage = `Usage: npm run templates                         builds all templates
       npm run templates -- take <name> <file>   takes an exported workflow into templates/src;
                                                 a new name as starters/<name> or production/<name>`;

/** `npm run templates`: see the usage above. */
async function main(): Promise<string[]> {
	const folder = join(projectFolder, 'templates');
	const [command, name, file, ...others] = process.argv.slice(2);
	if (command === undefined) return await buildTemplates(folder);
	if (command === 'take' && name !== undefined && file !== undefined && others.length === 0) {
		return await takeTemplate(folder, name, file);
	}
	throw new Error(usage);
}

main().then(
	(lines) => lines.forEach((line) => console.log(line)),
	(error: unknown) => {
		console.error(error instanceof Error ? error.message : error);
		process.exitCode = 1;
	},
);
