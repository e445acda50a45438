import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../paths';
import { CORE_PACKAGES, type N8nInstallation } from './installation';

/** Folders whose files name the nodes that a workflow of this project has. */
const folders = ['templates', 'test', 'dev/folder-watcher', 'dev/templates'];
const nodeType = /(?:n8n-nodes-base|@n8n\/n8n-nodes-langchain)\.(\w+)/g;
/** What n8n adds to the name of a node where an agent has it as a tool. */
const asTool = /(?:Hitl)?Tool$/;

let named: Set<string> | undefined;

/**
 * The types of n8n's own nodes that no workflow of this project has, with their packages: n8n starts in two thirds of
 * the CPU without their descriptions.
 */
export function unusedNodes({ folder }: N8nInstallation): string[] {
	const used = (named ??= namedNodes());
	return CORE_PACKAGES.flatMap((name) =>
		typesOf(join(folder, 'node_modules', name)).map((type) => `${name}.${type}`),
	).filter((type) => !used.has(type));
}

/** The nodes of a package, as the package itself lists them for n8n. */
function typesOf(packageFolder: string): string[] {
	const file = join(packageFolder, 'dist', 'known', 'nodes.json');
	return Object.keys(JSON.parse(readFileSync(file, 'utf8')) as object);
}

function namedNodes(): Set<string> {
	const types = folders.flatMap((folder) =>
		readdirSync(join(projectFolder, folder), { recursive: true, withFileTypes: true })
			.filter((entry) => entry.isFile())
			.flatMap(({ parentPath, name }) =>
				readFileSync(join(parentPath, name), 'utf8').match(nodeType),
			),
	);
	return new Set(types.flatMap((type) => (type === null ? [] : [type, type.replace(asTool, '')])));
}
