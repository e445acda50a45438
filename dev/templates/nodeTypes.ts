import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { INodeTypeDescription } from 'n8n-workflow';
import packageJson from '../../package.json';
import { n8nFolder, projectFolder } from '../paths';

const corePackages = ['n8n-nodes-base', '@n8n/n8n-nodes-langchain'];

type NodeClass = new () => { description: INodeTypeDescription };

/** What the pinned n8n and the pack say of their nodes, each version, without starting n8n. */
export async function allNodeTypes(): Promise<INodeTypeDescription[]> {
	const core = await Promise.all(corePackages.map(coreNodeTypes));
	return [...core.flat(), ...(await packNodeTypes())];
}

async function coreNodeTypes(packageName: string): Promise<INodeTypeDescription[]> {
	const file = join(n8nFolder, 'node_modules', packageName, 'dist', 'types', 'nodes.json');
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
