import { join } from 'node:path';
import { runCommand } from './command';
import { projectFolder } from './paths';

/**
 * Runs a program of the project that is written in TypeScript, in a process of its own, which ends with
 * this one. This process then ends with its exit code.
 *
 * @param path of its file, from the project
 * @param args what it is given
 * @param timeoutMinutes after which it is ended
 */
export async function runScript(
	path: string,
	args: string[],
	timeoutMinutes: number,
): Promise<void> {
	process.exitCode = await runCommand(
		process.execPath,
		['--import', 'tsx', join(projectFolder, path), ...args],
		{ cwd: projectFolder, timeoutMinutes },
	);
}
