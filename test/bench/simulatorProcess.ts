import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { projectFolder } from '../../dev/paths';

/** A simulator in a process of its own, so that its work is not counted as ours. */
export interface SimulatorProcess {
	/** Base URL of Scriptivox. */
	baseUrl: string;
	apiKey: string;
	/** Where the counts are. */
	countsUrl: string;
	stop(): Promise<void>;
}

/**
 * Starts a simulator and waits until it listens.
 *
 * @param flags of its command line, such as `--unlimited`
 */
export async function startSimulatorProcess(flags: string[]): Promise<SimulatorProcess> {
	const main = join(projectFolder, 'dev', 'simulator', 'main.ts');
	const child = spawn(process.execPath, ['--import', 'tsx', main, ...flags], {
		cwd: projectFolder,
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const stop = async () => {
		if (child.exitCode !== null) return;
		child.kill('SIGTERM');
		await once(child, 'exit');
	};
	process.once('exit', () => child.kill('SIGKILL'));
	const said: string[] = [];
	for await (const line of createInterface({ input: child.stdout })) {
		said.push(line);
		if (line.startsWith('Counts: ')) break;
	}
	child.stdout.resume();
	const valueOf = (label: string) => {
		const line = said.find((each) => each.startsWith(label));
		if (line === undefined) throw new Error('The simulator did not start');
		return line.slice(label.length).trim();
	};
	const baseUrl = valueOf('Scriptivox: base URL');
	const apiKey = valueOf('Scriptivox: API key');
	const countsUrl = valueOf('Counts:');
	return { baseUrl, apiKey, countsUrl, stop };
}
