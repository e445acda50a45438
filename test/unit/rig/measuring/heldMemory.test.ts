import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { ASKED_WHAT_IT_HOLDS, heldMegabytes } from '../../../rig/measuring/heldMemory';

/** Holds 40 MB more and leaves 40 MB lying about for each line that it is sent, and answers with a line. */
const PROGRAM = `
const held = [];
require('node:readline').createInterface({ input: process.stdin }).on('line', () => {
	held.push(Buffer.alloc(40 * 1024 ** 2));
	Buffer.alloc(40 * 1024 ** 2);
	console.log('done');
});`;

let program: ChildProcess;

beforeAll(() => {
	program = spawn(process.execPath, ['-e', PROGRAM], {
		env: { ...process.env, ...ASKED_WHAT_IT_HOLDS },
		stdio: ['pipe', 'pipe', 'inherit'],
	});
});

afterAll(() => {
	program.kill();
});

describe('what a process holds', () => {
	it('counts what is reachable, and no garbage', async () => {
		const lines = createInterface({ input: program.stdout! });
		const allocate = async (): Promise<void> => {
			const answered = once(lines, 'line');
			program.stdin!.write('more\n');
			await answered;
		};
		await allocate();
		const before = await heldMegabytes(program.pid!);
		await allocate();
		await allocate();

		expect((await heldMegabytes(program.pid!)) - before).toBeCloseTo(80, -1);
	});
});
