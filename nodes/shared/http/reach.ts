import { baseUrlOf } from './baseUrl';
import { isLocalAddress } from './localAddress';
import type { Provider, RequestContext } from '../core/provider';

/**
 * Whether a provider can open an address, as far as the address tells: a local one only where the
 * provider is local too, such as the simulator.
 *
 * @param url an absolute http or https URL
 * @param itemIndex the item that it is for
 */
export async function canReach(
	context: RequestContext,
	provider: Provider,
	url: string,
	itemIndex?: number,
): Promise<boolean> {
	return !isLocalAddress(url) || isLocalAddress(await baseUrlOf(context, provider, itemIndex));
}
