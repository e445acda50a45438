import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { until } from '../basics/until';

/**
 * Signals an n8n that has been made to write a file then, and takes what it writes. On systems that have signals.
 *
 * @param file absolute; it is gone afterwards
 * @param what named in the error when it is not written in time, such as `The profile is written`
 * @throws Error where it is not written in time
 */
export async function writtenOnSignal(pid: number, file: string, what: string): Promise<string> {
	await rm(file, { force: true });
	process.kill(pid, 'SIGUSR2');
	await until(what, () => existsSync(file));
	const written = await readFile(file, 'utf8');
	await rm(file);
	return written;
}
