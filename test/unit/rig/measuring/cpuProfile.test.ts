import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CpuProfile, sharesOf } from '../../../rig/measuring/cpuProfile';

/** Works for a few milliseconds again and again. */
const PROGRAM = `
function work() {
	for (const end = Date.now() + 5; Date.now() < end; );
}
setInterval(work, 10);
console.log('works');`;

const frame = (id: number, functionName: string, url: string, children: number[] = []) => ({
	id,
	callFrame: { functionName, url },
	children,
});

it('gives each sample to the innermost caller that is of a part, and leaves out where nothing works', () => {
	const profile = {
		nodes: [
			frame(1, '(root)', '', [2, 5, 6]),
			frame(2, 'execute', 'file:///pack/node.js', [3]),
			frame(3, 'request', 'file:///axios/axios.js', [4]),
			frame(4, 'parse', 'node:url'),
			frame(5, '(idle)', ''),
			frame(6, 'post', 'node:inspector'),
		],
		samples: [1, 2, 3, 4, 5, 6],
		timeDeltas: [10, 20, 30, 40, 500, 500],
	};

	expect(sharesOf(profile, { pack: /\/pack\//, requests: /\/axios\// })).toEqual([
		['requests', 0.7],
		['pack', 0.2],
		['other', 0.1],
	]);
});

describe('where the CPU of a process goes', () => {
	let folder: string;
	let profile: CpuProfile;
	let program: ChildProcess;

	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'cpu-profile-'));
		profile = new CpuProfile(folder);
		program = spawn(process.execPath, ['-e', PROGRAM], {
			env: { ...process.env, ...profile.environment },
			stdio: ['ignore', 'pipe', 'inherit'],
		});
		await once(program.stdout!, 'data');
	});

	afterAll(async () => {
		program.kill();
		await rm(folder, { recursive: true });
	});

	it('is profiled while something goes on', async () => {
		const shares = await profile.sharesDuring(program.pid!, { work: /^work / }, async () => {
			await sleep(300);
		});

		const [[part, share]] = shares as [[string, number]];
		expect(part).toBe('work');
		expect(share).toBeGreaterThan(0.5);
	});
});
