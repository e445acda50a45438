import type { ICredentialType, INodeType } from 'n8n-workflow';

import packageJson from '../../../package.json';

/** A class of the pack, from its source; `compiled` is its path in the manifest. */
function fromSource<T>(compiled: string): T {
	const source = compiled.replace(/^dist\//, '../../../').replace(/\.js$/, '');
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- the manifest says which
	const [PackClass] = Object.values(require(source) as Record<string, new () => T>);
	return new PackClass!();
}

/** The pack's credential types, as its manifest lists them. */
export function packCredentialTypes(): ICredentialType[] {
	return packageJson.n8n.credentials.map((compiled) => fromSource<ICredentialType>(compiled));
}

/** The pack's nodes, as its manifest lists them. */
export function packNodes(): INodeType[] {
	return packageJson.n8n.nodes.map((compiled) => fromSource<INodeType>(compiled));
}
