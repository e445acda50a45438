import type { WorkflowJson } from '../../../dev/n8n/types';

/** What a folder watcher under test waits for beside its leases: text of its steps, and what replaces it. */
const shorterWaits: Array<[RegExp, string]> = [
	[/\b600_000\b/g, '4000'], // what is added to one that cannot be taken over
	[/\b60_000\b/g, '5000'], // a look that has died, hidden texts, trouble of the line
	[/\b30_000\b/g, '4000'], // between two polls of a job
	[/\b10_000\b/g, '2000'], // before a file that was refused is tried again
	[/\? 0\.3 : 0\b/g, '? 0.05 : 0'], // minutes for a job that was just started
];

/**
 * Shortens what a folder watcher waits for, in its steps.
 *
 * @param leaseMs how long a run has at least, before another one takes over, in place of 150 s
 */
export function shortenWaits({ nodes }: WorkflowJson, leaseMs = 8000): void {
	for (const node of nodes) node.parameters = shorter(node.parameters, leaseMs);
}

function shorter<T>(value: T, leaseMs: number): T {
	const lease: [RegExp, string] = [/\b150_?000\b/g, String(leaseMs)];
	const text = [lease, ...shorterWaits].reduce(
		(all, [wait, less]) => all.replace(wait, less),
		JSON.stringify(value),
	);
	return JSON.parse(text) as T;
}
