import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { INodeTypeDescription } from 'n8n-workflow';
import packageJson from '../../package.json';
import { CORE_PACKAGES, folderOfN8n } from '../n8n/installation';
import { projectFolder } from '../paths';

const n8nModules = join(folderOfN8n(), 'node_modules');
const requireFromN8n = createRequire(join(n8nModules, 'n8n', 'package.json'));

type NodeClass = new () => { description: INodeTypeDescription };

interface ToolGeneration {
	/** Adds a node type for an agent beside each that may be one: its name ends in `Tool`. */
	createAiTools(
		types: { nodes: INodeTypeDescription[] },
		known: { nodes: object; credentials: object },
	): void;
}

/**
 * What n8n and the pack say of their nodes, each version, without starting n8n; with the
 * tools for agents that n8n makes of them.
 */
export async function allNodeTypes(): Promise<INodeTypeDescription[]> {
	const core = await Promise.all(CORE_PACKAGES.map(coreNodeTypes));
	const nodes = [...core.flat(), ...(await packNodeTypes())];
	const file = join(n8nModules, 'n8n', 'dist', 'tool-generation', 'index.js');
	(requireFromN8n(file) as ToolGeneration).createAiTools({ nodes }, { nodes: {}, credentials: {} });
	return nodes;
}

async function coreNodeTypes(packageName: string): Promise<INodeTypeDescription[]> {
	const file = join(n8nModules, packageName, 'dist', 'types', 'nodes.json');
	const types = JSON.parse(await readFile(file, 'utf8')) as INodeTypeDescription[];
	return types.map((type) => ({ ...type, name: `${packageName}.${type.name}` }));
}

async function packNodeTypes(): Promise<INodeTypeDescription[]> {
	const loaded = packageJson.n8n.nodes.map(async (compiled) => {
		const source = compiled.replace(/^dist\//, '').replace(/\.js$/, '');
		const module = (await import(join(projectFolder, source))) as Record<string, NodeClass>;
		return Object.values(module).map((NodeType) => new NodeType().description);
	});
	const types = (await Promise.all(loaded)).flat();
	return types.map((type) => ({ ...type, name: `${packageJson.name}.${type.name}` }));
}
