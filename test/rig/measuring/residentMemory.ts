import { readFile, writeFile } from 'node:fs/promises';

/** The resident memory of a process in megabytes, as Linux counts it; 0 of one that is gone. */
export async function residentMegabytes(pid: number | undefined): Promise<number> {
	return await megabytesOf(pid, 'VmRSS');
}

/** The most that it was since it began, or since `forgetPeak`. */
export async function peakMegabytes(pid: number | undefined): Promise<number> {
	return await megabytesOf(pid, 'VmHWM');
}

/** Counts the peak of a process from now on: that of starting up would hide what an execution takes. */
export async function forgetPeak(pid: number | undefined): Promise<void> {
	await writeFile(`/proc/${pid}/clear_refs`, '5');
}

async function megabytesOf(pid: number | undefined, name: string): Promise<number> {
	const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
	return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) / 1024;
}
