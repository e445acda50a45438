import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeForN8n } from '../../dev/n8n/node';
import { packTarball } from '../../dev/pack';
import { projectFolder } from '../../dev/paths';
import { median } from './bench';
import type { Bench } from './bench';

const ROUNDS = 11;
const MOST_MILLISECONDS = 60;
const MOST_KILOBYTES = 250;

// n8n has n8n-workflow loaded long before it loads a pack
const SCRIPT = `
require('n8n-workflow');
const { n8n } = require('./package.json');
const started = process.hrtime.bigint();
for (const file of [...n8n.nodes, ...n8n.credentials]) require('./' + file);
console.log(Number(process.hrtime.bigint() - started) / 1e6);
`;

/** How long every node and credential of the packed pack takes to load, and how large it is. */
export const loading: Bench = {
	title:
		'Loading the packed pack with the Node.js of n8n, beyond n8n-workflow itself, and its size',
	async run() {
		const tarball = await packTarball();
		const folder = await mkdtemp(join(tmpdir(), 'transcription-loading-'));
		try {
			const pack = join(folder, 'package');
			spawnSync('tar', ['-xzf', tarball, '-C', folder]);
			await symlink(join(projectFolder, 'node_modules'), join(folder, 'node_modules'));
			const times = Array.from({ length: ROUNDS }, () => millisecondsIn(pack));
			const { n8n } = JSON.parse(await readFile(join(pack, 'package.json'), 'utf8')) as {
				n8n: { nodes: string[]; credentials: string[] };
			};
			const milliseconds = median(times);
			const kilobytes = (await stat(tarball)).size / 1000;
			return [
				`${n8n.nodes.length} nodes and ${n8n.credentials.length} credentials: ${milliseconds.toFixed(0)} ms (median of ${ROUNDS}), ${(milliseconds / MOST_MILLISECONDS).toFixed(2)} of the ${MOST_MILLISECONDS} ms allowed`,
				`tarball: ${kilobytes.toFixed(0)} kB, ${(kilobytes / MOST_KILOBYTES).toFixed(2)} of the ${MOST_KILOBYTES} kB allowed`,
			];
		} finally {
			await rm(folder, { recursive: true, force: true });
		}
	},
};

function millisecondsIn(pack: string): number {
	const { stdout, status } = spawnSync(nodeForN8n().executable, ['-e', SCRIPT], { cwd: pack });
	if (status !== 0) throw new Error('The pack did not load');
	return Number(stdout.toString());
}
