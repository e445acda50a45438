import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lookUntil } from '../../dev/lookUntil';
import { fillPrepared } from '../../dev/n8n/prepared';
import { projectFolder } from '../../dev/paths';

/** Starts an n8n without a pack and prints its process id. */
const starter = `
	const { N8nInstance } = require('./dev/n8n/instance');
	N8nInstance.start({ folder: process.argv[1] }).then((n8n) => console.log('pid ' + n8n.pid));
`;

const longestSeconds = 60;

describe('an n8n of the rig', () => {
	let folder: string;

	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'n8n-guard-'));
		await fillPrepared(folder);
	});

	afterAll(async () => {
		await rm(folder, { recursive: true, force: true });
	});

	it('ends when the process that started it is killed', async () => {
		const child = spawn(process.execPath, ['--import', 'tsx', '--eval', starter, folder], {
			cwd: projectFolder,
			stdio: ['ignore', 'pipe', 'inherit'],
		});
		const pid = await printedPid(child);
		expect(isAlive(pid)).toBe(true);
		child.kill('SIGKILL');
		await lookUntil(longestSeconds, () => !isAlive(pid) || undefined);
		expect(isAlive(pid)).toBe(false);
	});
});

async function printedPid(child: ChildProcess): Promise<number> {
	return await new Promise((resolve, reject) => {
		let output = '';
		child.stdout?.on('data', (data: Buffer) => {
			output += data.toString();
			const pid = /pid (\d+)\n/.exec(output)?.[1];
			if (pid !== undefined) resolve(Number(pid));
		});
		child.on('exit', () => reject(new Error(`The starter ended early: ${output}`)));
	});
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}
