import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import type { Provider, RequestContext } from './provider';

const credentials = new WeakMap<RequestContext, Promise<ICredentialDataDecryptedObject>>();

/** A provider's credential, read once an execution: n8n asks its database for it each time. */
export async function credentialOf(
	context: RequestContext,
	{ credentialType }: Provider,
): Promise<ICredentialDataDecryptedObject> {
	const known = credentials.get(context);
	if (known) return await known;
	const credential = context.getCredentials(credentialType);
	credentials.set(context, credential);
	return await credential;
}
