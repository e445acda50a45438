import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { N8nInstance } from '../../dev/n8n/instance';
import { packTarball } from '../../dev/pack';
import { projectFolder } from '../../dev/paths';

const execute = promisify(execFile);

/** The line of README.md that installs the pack with npm. */
async function installLine(): Promise<string> {
	const readme = await readFile(join(projectFolder, 'README.md'), 'utf8');
	const line = /^(npm install [^\n]*n8n-nodes-transcription\S*\.tgz)$/m.exec(readme)?.[1];
	if (line === undefined) throw new Error('README.md does not say how npm installs the pack.');
	return line;
}

/**
 * Runs that line in a home folder that n8n has never used, with the tarball of the tests in
 * its place, and without the registry: what is not in the tarball would have to come from there.
 *
 * @returns what npm then has in n8n's folder for community nodes, by its paths
 */
async function packagesAfterInstalling(tarball: string): Promise<string[]> {
	const home = await mkdtemp(join(tmpdir(), 'home-'));
	try {
		const line = (await installLine()).replace(/\S+\.tgz$/, `"${tarball}"`);
		const env = { ...process.env, HOME: home, npm_config_offline: 'true' };
		await execute('sh', ['-c', line], { cwd: home, env });
		const lockfile = join(home, '.n8n/nodes/node_modules/.package-lock.json');
		const { packages } = JSON.parse(await readFile(lockfile, 'utf8')) as { packages: object };
		return Object.keys(packages);
	} finally {
		await rm(home, { recursive: true, force: true });
	}
}

describe('the line of README.md that installs the pack with npm', () => {
	it('brings exactly one package, without the n8n-workflow that n8n has already', async () => {
		expect(await packagesAfterInstalling(await packTarball())).toEqual([
			'node_modules/n8n-nodes-transcription',
		]);
	});
});

describe('the packed pack in n8n', () => {
	let folder: string;
	let n8n: N8nInstance;

	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'n8n-pack-'));
		n8n = await N8nInstance.start({ folder, pack: await packTarball() });
	});

	afterAll(async () => {
		await n8n?.stop();
		await rm(folder, { recursive: true, force: true });
	});

	it('is loaded under its package name, with every node that its manifest lists', async () => {
		const types = await n8n.client.nodeTypes();
		const ours = types.filter(({ name }) => name.startsWith('n8n-nodes-transcription.'));
		const names = new Set(ours.map(({ name }) => name));
		expect(names).toContain('n8n-nodes-transcription.scriptivox');
		expect(names).toContain('n8n-nodes-transcription.scriptivoxTrigger');
	});

	it('shows the icon of a node in the editor', async () => {
		const types = await n8n.client.nodeTypes();
		const action = types.find(({ name }) => name === 'n8n-nodes-transcription.scriptivox');
		const iconUrl = action?.iconUrl;
		const light = typeof iconUrl === 'object' ? iconUrl.light : iconUrl;
		expect(light).toBeDefined();
		const answer = await fetch(new URL(light ?? '', n8n.url));
		expect(answer.status).toBe(200);
		expect(await answer.text()).toContain('<svg');
	});

	it('is still there after n8n was killed and started again', async () => {
		await n8n.kill();
		await n8n.resume();
		const types = await n8n.client.nodeTypes();
		expect(types.map(({ name }) => name)).toContain('n8n-nodes-transcription.scriptivox');
	});
});
