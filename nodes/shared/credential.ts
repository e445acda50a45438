import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { executionOf } from './provider';
import type { Provider, RequestContext } from './provider';

type Credential = ICredentialDataDecryptedObject;

/** By item, as an expression in a credential may give each item a key of its own. */
const credentials = new WeakMap<RequestContext, Map<string, Promise<Credential>>>();

/**
 * A provider's credential, read once for each item: n8n asks its database for it each time.
 *
 * @param itemIndex the item whose data its expressions are resolved with; the first where left out
 */
export async function credentialOf(
	context: RequestContext,
	{ credentialType }: Provider,
	itemIndex = 0,
): Promise<Credential> {
	const execution = executionOf(context);
	// a polling trigger has one context for as long as it is active, and a key may change meanwhile
	if (!execution) return await context.getCredentials(credentialType);
	const known = credentials.get(context) ?? new Map<string, Promise<Credential>>();
	credentials.set(context, known);
	const key = `${credentialType} ${itemIndex}`;
	const credential = known.get(key) ?? execution.getCredentials(credentialType, itemIndex);
	known.set(key, credential);
	return await credential;
}
