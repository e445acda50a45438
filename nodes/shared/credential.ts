import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { executionOf } from './provider';
import type { Provider, RequestContext } from './provider';

const credentials = new WeakMap<RequestContext, Promise<ICredentialDataDecryptedObject>>();

/** A provider's credential, read once an execution: n8n asks its database for it each time. */
export async function credentialOf(
	context: RequestContext,
	{ credentialType }: Provider,
): Promise<ICredentialDataDecryptedObject> {
	// a polling trigger has one context for as long as it is active, and a key may change meanwhile
	if (!executionOf(context)) return await context.getCredentials(credentialType);
	const known = credentials.get(context);
	if (known) return await known;
	const credential = context.getCredentials(credentialType);
	credentials.set(context, credential);
	return await credential;
}
