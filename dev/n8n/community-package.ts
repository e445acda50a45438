import { execFile } from 'node:child_process';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/**
 * Installs a packed pack into an n8n user folder the way n8n itself installs a community package:
 * unpacked under `.n8n/nodes/node_modules/<name>` without development and peer dependencies, and
 * listed in `.n8n/nodes/package.json`. Needs no network, since the pack has no dependencies.
 *
 * @param userFolder n8n's user folder, absolute
 * @param tarball what `npm pack` made, absolute
 * @returns the name of the package
 * @throws when the tarball cannot be unpacked, or asks for dependencies
 */
export async function installCommunityPackage(
	userFolder: string,
	tarball: string,
): Promise<string> {
	const nodesFolder = join(userFolder, '.n8n', 'nodes');
	const unpacked = join(nodesFolder, 'unpacked');
	await rm(unpacked, { recursive: true, force: true });
	await mkdir(unpacked, { recursive: true });
	await execute('tar', ['-xzf', tarball, '-C', unpacked, '--strip-components=1']);
	const manifest = await strippedManifest(unpacked);
	const target = join(nodesFolder, 'node_modules', manifest.name);
	await mkdir(join(nodesFolder, 'node_modules'), { recursive: true });
	await rm(target, { recursive: true, force: true });
	await rename(unpacked, target);
	await writeJson(join(nodesFolder, 'package.json'), {
		name: 'installed-nodes',
		private: true,
		dependencies: { [manifest.name]: manifest.version },
	});
	return manifest.name;
}

interface Manifest {
	name: string;
	version: string;
	dependencies?: Record<string, string>;
}

async function strippedManifest(folder: string): Promise<Manifest> {
	const file = join(folder, 'package.json');
	const manifest = JSON.parse(await readFile(file, 'utf8')) as Manifest & Record<string, unknown>;
	if (Object.keys(manifest.dependencies ?? {}).length > 0) {
		throw new Error(`${manifest.name} has runtime dependencies, which the pack must not have.`);
	}
	delete manifest.devDependencies;
	delete manifest.peerDependencies;
	delete manifest.optionalDependencies;
	await writeJson(file, manifest);
	return manifest;
}

async function writeJson(file: string, value: unknown): Promise<void> {
	await writeFile(file, `${JSON.stringify(value, null, 2)}\n`);
}
