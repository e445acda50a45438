import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeForN8n } from '../../dev/nodeOfN8n';
import { packTarball } from '../../dev/pack';
import { n8nFolder, projectFolder } from '../../dev/paths';
import { median } from './bench';
import type { Bench } from './bench';

const ROUNDS = 11;
const MOST_MILLISECONDS = 60;
const MOST_KILOBYTES = 150;

// n8n has n8n-workflow loaded long before it loads a pack
const SCRIPT = `
require('n8n-workflow');
const { n8n } = require('./package.json');
const started = process.hrtime.bigint();
for (const file of [...n8n.nodes, ...n8n.credentials]) require('./' + file);
console.log(Number(process.hrtime.bigint() - started) / 1e6);
`;

// two of n8n's own nodes that do as much as one provider's
const PEER_SCRIPT = `
require('n8n-workflow');
const started = process.hrtime.bigint();
require('n8n-nodes-base/dist/nodes/Google/Drive/GoogleDrive.node.js');
require('n8n-nodes-base/dist/nodes/Google/Drive/GoogleDriveTrigger.node.js');
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
			// in turn, so that a busy moment meets both
			const rounds = Array.from({ length: ROUNDS }, () => ({
				ours: millisecondsOf(SCRIPT, pack),
				peer: millisecondsOf(PEER_SCRIPT, n8nFolder),
			}));
			const { n8n } = JSON.parse(await readFile(join(pack, 'package.json'), 'utf8')) as {
				n8n: { nodes: string[]; credentials: string[] };
			};
			const milliseconds = median(rounds.map(({ ours }) => ours));
			const peer = median(rounds.map((round) => round.peer));
			const kilobytes = (await stat(tarball)).size / 1000;
			return [
				`${n8n.nodes.length} nodes and ${n8n.credentials.length} credentials: ${milliseconds.toFixed(0)} ms (median of ${ROUNDS}), ${(milliseconds / MOST_MILLISECONDS).toFixed(2)} of the ${MOST_MILLISECONDS} ms allowed`,
				`n8n's own Google Drive and its trigger: ${peer.toFixed(0)} ms; the pack takes ${(milliseconds / peer).toFixed(2)} times as long`,
				`tarball: ${kilobytes.toFixed(0)} kB, ${(kilobytes / MOST_KILOBYTES).toFixed(2)} of the ${MOST_KILOBYTES} kB allowed`,
			];
		} finally {
			await rm(folder, { recursive: true, force: true });
		}
	},
};

function millisecondsOf(script: string, folder: string): number {
	const { stdout, status } = spawnSync(nodeForN8n().executable, ['-e', script], { cwd: folder });
	if (status !== 0) throw new Error(`Nothing was loaded in ${folder}`);
	return Number(stdout.toString());
}
