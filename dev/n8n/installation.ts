import { nodeForN8n, installedNode } from '../nodeOfN8n';
import type { NodeForN8n } from '../nodeOfN8n';
import { n8nFolder } from '../paths';

/** An n8n that npm has installed, and the Node.js that runs it. */
export interface N8nInstallation {
	/** The folder whose node_modules holds n8n, absolute. */
	folder: string;
	node: NodeForN8n;
}

/** The packages of n8n's own nodes. */
export const CORE_PACKAGES = ['n8n-nodes-base', '@n8n/n8n-nodes-langchain'];

/** Names the folder of an n8n that runs in place of the pinned one, as `npm run test:versions` does. */
export const otherN8nVariable = 'N8N_UNDER_TEST';

/** The folder of the n8n that runs: the pinned one unless the environment names another; absolute. */
export function folderOfN8n(): string {
	return process.env[otherN8nVariable] ?? n8nFolder;
}

/**
 * The n8n of a folder.
 *
 * @param folder the one whose node_modules holds n8n, absolute
 * @throws when there is no Node.js to run it
 */
export function installationIn(folder: string): N8nInstallation {
	const node = folder === n8nFolder ? nodeForN8n() : installedNode(folder);
	if (!node) throw new Error(`npm brought no Node.js for the n8n in ${folder}.`);
	return { folder, node };
}
