import { readFile } from 'node:fs/promises';

/** The resident memory of a process in megabytes, as Linux counts it; 0 of one that is gone. */
export async function residentMegabytes(pid: number | undefined): Promise<number> {
	const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
	return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024;
}
