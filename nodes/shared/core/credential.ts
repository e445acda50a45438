import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { isSendable, KEY_ADVICE, labelOf, trimmedTexts } from './credentialText';
import { inputError } from './errors';
import { executionOf } from './provider';
import type { Provider, RequestContext } from './provider';
import { objectOf, textsOf } from './wireValues';

type Credential = ICredentialDataDecryptedObject;

/** By item, as an expression in a credential may give each item a key of its own. */
const credentials = new WeakMap<RequestContext, Map<string, Promise<Credential>>>();

/**
 * A provider's credential, to send requests with: a copy of it, every text without the white space
 * around it. Read once for each item, because n8n asks its database for it each time.
 *
 * @param itemIndex the item whose data its expressions are resolved with; the first where left out
 * @throws NodeOperationError where a text cannot be sent, such as a key with a line end in it
 */
export async function credentialOf(
	context: RequestContext,
	provider: Provider,
	itemIndex?: number,
): Promise<Credential> {
	const credential = await credentialTexts(context, provider, itemIndex);
	checkTexts(context, provider, credential, itemIndex);
	return credential;
}

/** As `credentialOf`, for what is not sent: the key of a signature that is to be checked. */
export async function credentialTexts(
	context: RequestContext,
	{ credentialType }: Provider,
	itemIndex = 0,
): Promise<Credential> {
	const execution = executionOf(context);
	// a polling trigger has one context for as long as it is active, and a key may change meanwhile
	if (!execution) return trimmedTexts(await context.getCredentials(credentialType));
	const known = credentials.get(context) ?? new Map<string, Promise<Credential>>();
	credentials.set(context, known);
	const key = `${credentialType} ${itemIndex}`;
	const credential = known.get(key) ?? execution.getCredentials(credentialType, itemIndex);
	known.set(key, credential);
	return trimmedTexts(await credential);
}

/**
 * Reads the texts of some fields of a credential once they are asked for, with which signatures are checked.
 *
 * @param fields in the order in which their texts are wanted
 */
export function credentialReader(
	context: RequestContext,
	provider: Provider,
	...fields: string[]
): () => Promise<string[]> {
	return async () => {
		const credential = await credentialTexts(context, provider);
		return textsOf(fields.map((field) => credential[field]));
	};
}

/** The secret values of the item's credential, so that they can be taken out of messages. */
export async function secretsOf(
	context: RequestContext,
	provider: Provider,
	itemIndex?: number,
): Promise<string[]> {
	const credential = await credentialTexts(context, provider, itemIndex);
	return provider.secretFields
		.map((field) => valueAt(credential, field))
		.filter((value): value is string => typeof value === 'string' && value.length > 0);
}

function valueAt(credential: unknown, path: string): unknown {
	return path.split('.').reduce((value, name) => objectOf(value)[name], credential);
}

function checkTexts(
	context: RequestContext,
	{ name, address }: Provider,
	credential: Credential,
	itemIndex: number | undefined,
): void {
	// a credential without a Base URL is connected by n8n itself, which makes the header
	if (address !== undefined) return;
	for (const [field, text] of Object.entries(credential)) {
		if (field === 'baseUrl' || typeof text !== 'string' || isSendable(text)) continue;
		throw inputError(
			context.getNode(),
			`The ${labelOf(field)} of the ${name} credential holds a line end or another character that cannot be sent`,
			{ description: KEY_ADVICE, itemIndex },
		);
	}
}
