import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Execution } from '../../dev/n8n/types';
import type { N8nInstance } from '../../dev/n8n/instance';

/** A measurement that `npm run bench` can run by its name. */
export interface Bench {
	/** What is measured, in one line. */
	title: string;
	/** Cases that can be run alone: `npm run bench -- <name>:<part>`. */
	parts?: string[];
	/** Measures all of it, or one part, and returns the lines to print. */
	run(part?: string): Promise<string[]>;
}

/** Works in a folder of its own, which is removed afterwards. */
export async function inTemporaryFolder<Result>(
	work: (folder: string) => Promise<Result>,
): Promise<Result> {
	const folder = await mkdtemp(join(tmpdir(), 'transcription-bench-'));
	try {
		return await work(folder);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

/**
 * Runs a workflow by hand and waits for its end.
 *
 * @throws Error where it did not succeed
 */
export async function runToEnd(
	n8n: N8nInstance,
	workflowId: string,
	timeoutSeconds: number,
): Promise<Execution> {
	const id = await n8n.client.runWorkflow(workflowId, 'Start');
	const execution = await n8n.client.executions.end(id, timeoutSeconds);
	if (execution.status !== 'success') {
		throw new Error(execution.data.resultData.error?.message ?? `It ended as ${execution.status}`);
	}
	return execution;
}

/** A file of zeros that takes no room on the disk. */
export async function sparseFile(path: string, bytes: number): Promise<void> {
	const file = await open(path, 'w');
	await file.truncate(bytes);
	await file.close();
}

/** The middle of several measurements. */
export function median(values: number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length / 2;
	return sorted.length % 2 === 1
		? sorted[Math.floor(middle)]!
		: (sorted[middle - 1]! + sorted[middle]!) / 2;
}
