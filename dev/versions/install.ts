import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { installN8n, prepareSqlite } from '../n8n/install';
import { installationIn, type N8nInstallation } from '../n8n/installation';
import { nodePackage } from '../nodeOfN8n';
import { installPackages } from '../n8n/packages';
import { n8nFolder, workFolder } from '../paths';
import { nodeMajorFor } from './registry';

/** Older versions name it by an address outside the registry. */
const XLSX = '0.18.5';

interface Manifest {
	dependencies: { n8n: string };
	overrides: Record<string, string>;
}

/**
 * Installs a version of n8n, with the oldest Node.js that it runs on, where it is missing. Takes
 * minutes and 3 GB, in a folder of its own that git ignores. The pinned version stays where it is.
 *
 * @param version e.g. '2.0.0'
 * @throws when it cannot be installed
 */
export async function installVersion(version: string): Promise<N8nInstallation> {
	const pinned = await pinnedManifest();
	if (version === pinned.dependencies.n8n) return await installN8n();
	const folder = join(workFolder, 'versions', version);
	await mkdir(folder, { recursive: true });
	const manifest = await manifestFor(version, pinned.overrides);
	await writeFile(join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
	await installPackages(`Installing n8n ${version} and its Node.js (minutes, 3 GB)`, folder);
	const installation = installationIn(folder);
	await prepareSqlite(installation);
	return installation;
}

async function pinnedManifest(): Promise<Manifest> {
	return JSON.parse(await readFile(join(n8nFolder, 'package.json'), 'utf8')) as Manifest;
}

async function manifestFor(version: string, overrides: Record<string, string>): Promise<object> {
	if (nodePackage === undefined) throw new Error('npm has no Node.js for this machine.');
	return {
		name: 'n8n-under-test',
		private: true,
		dependencies: { n8n: version, [nodePackage]: String(await nodeMajorFor(version)) },
		overrides: { ...overrides, xlsx: XLSX },
	};
}
