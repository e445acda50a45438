import type { ICredentialType } from 'n8n-workflow';

import packageJson from '../../../package.json';

type CredentialModule = Record<string, new () => ICredentialType>;

/** The pack's credential types, as its manifest lists them, from their sources. */
export function packCredentialTypes(): ICredentialType[] {
	return packageJson.n8n.credentials.map((compiled) => {
		const source = compiled.replace(/^dist\//, '../../../').replace(/\.js$/, '');
		// eslint-disable-next-line @typescript-eslint/no-require-imports -- the manifest says which
		const [CredentialType] = Object.values(require(source) as CredentialModule);
		return new CredentialType!();
	});
}
