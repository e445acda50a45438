import { execFile } from 'node:child_process';
import {
	chmod,
	copyFile,
	mkdir,
	mkdtemp,
	readdir,
	readFile,
	rm,
	writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { N8nInstance } from '../../dev/n8n/instance';
import { packTarball } from '../../dev/pack';
import { projectFolder } from '../../dev/paths';
import packageJson from '../../package.json';

const execute = promisify(execFile);

describe('what the Compose files do before n8n starts', () => {
	let folder: string;
	let n8n: N8nInstance | undefined;

	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'compose-'));
	});

	afterAll(async () => {
		await n8n?.stop();
		await rm(folder, { recursive: true, force: true });
	});

	/** Runs the command of the service `pack` as its container does; returns what it gives to n8n. */
	async function runPack(composeFile: string, tarball: string, home: string): Promise<string[]> {
		const file = await readFile(join(projectFolder, composeFile), 'utf8');
		const { services } = parse(file) as {
			services: { pack: { entrypoint: string[]; command: string[] } };
		};
		const { entrypoint, command } = services.pack;
		const [shell = '', ...flags] = entrypoint;
		// only root may give files away: here the names are noted
		const tools = join(home, 'tools');
		await mkdir(tools, { recursive: true });
		await writeFile(join(tools, 'chown'), '#!/bin/sh\necho "$@" >> "$HOME/owners"\n');
		await chmod(join(tools, 'chown'), 0o755);
		// Compose writes $$ for $
		const script = command.map((line) => line.replaceAll('$$', '$'));
		await execute(shell, [...flags, ...script], {
			env: {
				HOME: home,
				PATH: [tools, process.env.PATH].join(delimiter),
				TRANSCRIPTION_PACK: tarball,
				npm_config_offline: 'true',
			},
		});
		return (await readFile(join(home, 'owners'), 'utf8')).trim().split('\n');
	}

	it('puts the pack where n8n loads it under its own name, and gives the folders to n8n', async () => {
		const tarball = await packTarball();

		const owners = await runPack('docker-compose.yml', tarball, folder);
		await runPack('docker-compose.yml', tarball, folder);
		n8n = await N8nInstance.start({ folder });
		const types = await n8n.client.nodeTypes();

		expect(types.map(({ name }) => name)).toContain(`${packageJson.name}.scriptivox`);
		expect(owners).toEqual([
			`1000:1000 ${folder}/.n8n ${folder}/.n8n-files`,
			`-R 1000:1000 ${folder}/.n8n/nodes`,
		]);
	});

	it('puts it there for every process of queue mode, which share one folder', async () => {
		const home = join(folder, 'queue');
		await mkdir(home);

		const owners = await runPack('docker-compose.queue.yml', await packTarball(), home);

		const modules = join(home, '.n8n', 'nodes', 'node_modules');
		const installed = await readFile(join(modules, packageJson.name, 'package.json'), 'utf8');
		expect(JSON.parse(installed)).toMatchObject({ name: packageJson.name });
		expect(owners).toEqual([
			`1000:1000 ${home}/.n8n ${home}/.n8n-files ${home}/binaries`,
			`-R 1000:1000 ${home}/.n8n/nodes`,
		]);
	});
});

describe('the way of README.md while the pack is not published', () => {
	let folder: string;
	let readme: string;

	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'install-'));
		readme = await readFile(join(projectFolder, 'README.md'), 'utf8');
	});

	afterAll(async () => {
		await rm(folder, { recursive: true, force: true });
	});

	/** A command of the page, by how it begins. */
	function command(start: string): string {
		const blocks = [...readme.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block]) => block!);
		const found = blocks
			.flatMap((block) => block.split('\n'))
			.find((line) => line.startsWith(start));
		if (found === undefined) throw new Error(`README.md has no command "${start} …".`);
		return found;
	}

	it('makes the file that it names, and installs it where n8n finds it', async () => {
		const tarball = await packTarball();
		const install = command('npm install --prefix');
		const made = await execute('npm', ['pack', '--dry-run', '--json'], { cwd: projectFolder });
		const [{ filename }] = JSON.parse(made.stdout) as [{ filename: string }];
		await copyFile(tarball, join(folder, filename));

		await execute('/bin/sh', ['-ec', install], {
			cwd: folder,
			env: { HOME: folder, PATH: process.env.PATH, npm_config_offline: 'true' },
		});
		const modules = join(folder, '.n8n', 'nodes', 'node_modules');

		expect(command('npm run build')).toBe('npm run build');
		expect(command('npm pack')).toBe('npm pack');
		expect(install).toContain(filename);
		expect(command('echo "TRANSCRIPTION_PACK')).toContain(`/pack/${filename}`);
		expect((await readdir(modules)).filter((name) => !name.startsWith('.'))).toEqual([
			packageJson.name,
		]);
		expect(await readdir(join(modules, packageJson.name, 'dist'))).toEqual(
			expect.arrayContaining(['credentials', 'nodes', 'pack.js']),
		);
	});
});
