import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../basics/until';

/** Where an n8n writes what it holds: the suites of one process ask one n8n at a time. */
const file = join(tmpdir(), `held-memory-${process.pid}`);

/** The environment with which an n8n can be asked what it holds. */
export const ASKED_WHAT_IT_HOLDS: Record<string, string> = {
	NODE_OPTIONS: `--require "${join(__dirname, 'memoryReader.cjs')}"`,
	HELD_MEMORY: file,
};

/**
 * The memory that an n8n holds, in megabytes: objects and buffers that are still reachable after a collection of
 * its garbage, which resident memory tells nothing of. On systems that have signals.
 */
export async function heldMegabytes(pid: number): Promise<number> {
	await rm(file, { force: true });
	process.kill(pid, 'SIGUSR2');
	await until('n8n has written what it holds', () => existsSync(file));
	const bytes = Number(await readFile(file, 'utf8'));
	await rm(file);
	return bytes / 1024 ** 2;
}
