import { credentialOf } from '../core/credential';
import { BASE_URL_ADVICE, baseUrlFlaw, withoutSlashes } from '../core/credentialText';
import { inputError } from '../core/errors';
import type { Provider, RequestContext } from '../core/provider';

/**
 * The API's address, which is the credential's Base URL for most; without a slash at its end.
 *
 * @param itemIndex the item that it is for, as in `credentialOf`
 * @throws NodeOperationError where it is no http or https URL, or holds more than an address
 */
export async function baseUrlOf(
	context: RequestContext,
	provider: Provider,
	itemIndex?: number,
): Promise<string> {
	if (provider.address !== undefined) return provider.address;
	const { baseUrl } = await credentialOf(context, provider, itemIndex);
	const flaw = baseUrlFlaw(baseUrl);
	if (!flaw) return withoutSlashes(String(baseUrl));
	throw inputError(context.getNode(), `The Base URL of the ${provider.name} credential ${flaw}`, {
		description: BASE_URL_ADVICE,
		itemIndex,
	});
}
