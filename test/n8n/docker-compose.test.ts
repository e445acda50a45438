import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { N8nInstance } from '../../dev/n8n/instance';
import { packTarball } from '../../dev/pack';
import { projectFolder } from '../../dev/paths';
import packageJson from '../../package.json';

const execute = promisify(execFile);

describe('what docker-compose.yml does before n8n starts', () => {
	let folder: string;
	let n8n: N8nInstance | undefined;

	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'compose-'));
	});

	afterAll(async () => {
		await n8n?.stop();
		await rm(folder, { recursive: true, force: true });
	});

	/** Runs the command of the service `pack` as its container does, with the folder as home. */
	async function runPack(tarball: string): Promise<string[]> {
		const file = await readFile(join(projectFolder, 'docker-compose.yml'), 'utf8');
		const { services } = parse(file) as {
			services: { pack: { entrypoint: string[]; command: string[] } };
		};
		const { entrypoint, command } = services.pack;
		const [shell = '', ...flags] = entrypoint;
		// only root may give files away: here the names are noted
		const tools = join(folder, 'tools');
		await mkdir(tools, { recursive: true });
		await writeFile(join(tools, 'chown'), '#!/bin/sh\necho "$@" >> "$HOME/owners"\n');
		await chmod(join(tools, 'chown'), 0o755);
		// Compose writes $$ for $
		const script = command.map((line) => line.replaceAll('$$', '$'));
		await execute(shell, [...flags, ...script], {
			env: {
				HOME: folder,
				PATH: [tools, process.env.PATH].join(delimiter),
				TRANSCRIPTION_PACK: tarball,
				npm_config_offline: 'true',
			},
		});
		return (await readFile(join(folder, 'owners'), 'utf8')).trim().split('\n');
	}

	it('puts the pack where n8n loads it under its own name, and gives the folders to n8n', async () => {
		const tarball = await packTarball();

		const owners = await runPack(tarball);
		await runPack(tarball);
		n8n = await N8nInstance.start({ folder });
		const types = await n8n.client.nodeTypes();

		expect(types.map(({ name }) => name)).toContain(`${packageJson.name}.scriptivox`);
		expect(owners).toEqual([
			`1000:1000 ${folder}/.n8n ${folder}/.n8n-files`,
			`-R 1000:1000 ${folder}/.n8n/nodes`,
		]);
	});
});
