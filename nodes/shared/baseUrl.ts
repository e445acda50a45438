import { credentialOf } from './credential';
import { inputError } from './errors';
import type { Provider, RequestContext } from './provider';

/**
 * The API's address, which is the credential's Base URL for most; without a slash at its end.
 *
 * @param itemIndex the item that it is for, as in `credentialOf`
 * @throws NodeOperationError where it is no http or https URL
 */
export async function baseUrlOf(
	context: RequestContext,
	provider: Provider,
	itemIndex?: number,
): Promise<string> {
	if (provider.address !== undefined) return provider.address;
	const { baseUrl } = await credentialOf(context, provider, itemIndex);
	const text = typeof baseUrl === 'string' ? baseUrl.trim() : '';
	if (!isHttpUrl(text)) {
		throw inputError(
			context.getNode(),
			`The Base URL of the ${provider.name} credential is not an http or https URL`,
			{ description: 'Open the credential and correct its Base URL.' },
		);
	}
	return text.replace(/\/+$/, '');
}

/** Whether a text is an absolute http or https URL. */
export function isHttpUrl(text: string): boolean {
	const url = URL.canParse(text) ? new URL(text) : undefined;
	return url?.protocol === 'https:' || url?.protocol === 'http:';
}
