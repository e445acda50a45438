import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { runStep } from './command';
import { packFolder, projectFolder } from './paths';

/** What the tarball is made from. */
const sources = [
	'nodes',
	'credentials',
	'icons',
	'index.js',
	'README.md',
	'LICENSE',
	'package.json',
	'gulpfile.js',
	'tsconfig.json',
];

/**
 * Builds the pack and packs it as npm would publish it; does nothing when its sources have not
 * changed since the last time.
 *
 * @returns the tarball, absolute; its name holds a hash of the sources
 * @throws when the build fails
 */
export async function packTarball(): Promise<string> {
	const tarball = join(packFolder, `n8n-nodes-transcription-${await contentHash()}.tgz`);
	if (existsSync(tarball)) return tarball;
	await mkdir(packFolder, { recursive: true });
	// packed apart and renamed, so that nobody ever meets half a tarball
	const staging = await mkdtemp(join(packFolder, 'staging-'));
	try {
		await npm('Building the pack', ['run', '--silent', 'build']);
		await npm('Packing it', ['pack', '--silent', '--pack-destination', staging]);
		const [packed] = await readdir(staging);
		if (packed === undefined) throw new Error('npm pack made no tarball.');
		await removeOlder();
		await rename(join(staging, packed), tarball);
	} finally {
		await rm(staging, { recursive: true, force: true });
	}
	return tarball;
}

async function npm(title: string, args: string[]): Promise<void> {
	await runStep(title, 'npm', args, { cwd: projectFolder, timeoutMinutes: 5 });
}

async function removeOlder(): Promise<void> {
	const names = await readdir(packFolder);
	const tarballs = names.filter((name) => name.endsWith('.tgz'));
	await Promise.all(tarballs.map((name) => rm(join(packFolder, name), { force: true })));
}

async function contentHash(): Promise<string> {
	const hash = createHash('sha256');
	for (const source of sources) {
		for (const file of await filesUnder(source)) {
			const content = await readFile(join(projectFolder, file));
			hash.update(`${file}\0${content.length}\0`).update(content);
		}
	}
	return hash.digest('hex').slice(0, 16);
}

/** The files of a folder in a fixed order, or the file itself; none when there is no such thing. */
async function filesUnder(path: string): Promise<string[]> {
	const found = await stat(join(projectFolder, path)).catch(() => undefined);
	if (found === undefined) return [];
	if (found.isFile()) return [path];
	const names = (await readdir(join(projectFolder, path))).sort();
	const nested = await Promise.all(names.map(async (name) => await filesUnder(`${path}/${name}`)));
	return nested.flat();
}
