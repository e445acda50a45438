import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writtenOnSignal } from './writtenOnSignal';

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
	const bytes = Number(await writtenOnSignal(pid, file, 'n8n has written what it holds'));
	return bytes / 1024 ** 2;
}
