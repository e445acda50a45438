import type { ICredentialType, INodeTypeDescription } from 'n8n-workflow';
import type { N8nClient } from '../../dev/n8n/client';
import packageJson from '../../package.json';

const prefix = `${packageJson.name}.`;

/** The names of the pack's nodes, by what package.json lists, e.g. 'scriptivoxTrigger'. */
export const nodeNames = packageJson.n8n.nodes.map((file) => {
	const name = file.replace(/^.*\//, '').replace(/\.node\.js$/, '');
	return name.charAt(0).toLowerCase() + name.slice(1);
});

/** The type of a node of the pack, as workflows store it. */
export function typeOf(name: string): string {
	return `${prefix}${name}`;
}

/** What n8n says of the pack's nodes, by their names; without the tools that n8n makes of them. */
export async function packNodes(client: N8nClient): Promise<Record<string, INodeTypeDescription>> {
	const types = await client.nodeTypes();
	const entries = nodeNames.map((name) => {
		const description = types.find((type) => type.name === typeOf(name));
		if (!description) throw new Error(`n8n does not know the node ${name}.`);
		return [name, description] as const;
	});
	return Object.fromEntries(entries);
}

/** The names of the pack's credentials, by what package.json lists, e.g. 'scriptivoxApi'. */
export const credentialNames = packageJson.n8n.credentials.map((file) => {
	const name = file.replace(/^.*\//, '').replace(/\.credentials\.js$/, '');
	return name.charAt(0).toLowerCase() + name.slice(1);
});

/** What n8n says of a credential. */
export async function credentialType(client: N8nClient, name: string): Promise<ICredentialType> {
	const types = await client.request<ICredentialType[]>('GET', '/types/credentials.json');
	const type = types.find((each) => each.name === name);
	if (!type) throw new Error(`n8n does not know the credential ${name}.`);
	return type;
}
