import type { Provider, RequestContext } from '../core/provider';
import type { ApiCall, ApiReply } from './apiCall';
import { request } from './request';

/** A provider's API. Its functions and all that build on them take the context, the item, the rest. */
export interface Client {
	/**
	 * Calls the API.
	 *
	 * @param itemIndex the item that it is for; undefined where there are no items, as in a trigger
	 * @throws NodeApiError with the provider's message and code, the item's number and what to do
	 */
	reply<Body>(
		context: RequestContext,
		itemIndex: number | undefined,
		call: ApiCall,
	): Promise<ApiReply<Body>>;
	/** Calls the API where only the reply's body matters. */
	body<Body>(context: RequestContext, itemIndex: number | undefined, call: ApiCall): Promise<Body>;
	/** Calls the API where nothing but its consent is expected. */
	done(
		context: RequestContext,
		itemIndex: number | undefined,
		call: Omit<ApiCall, 'expects'>,
	): Promise<void>;
}

/** The client of a provider's API. */
export function clientOf(provider: Provider): Client {
	const reply: Client['reply'] = async (context, itemIndex, call) =>
		await request(context, provider, call, itemIndex);
	const body: Client['body'] = async <Body>(...args: Parameters<Client['body']>): Promise<Body> =>
		(await reply<Body>(...args)).body;
	const done: Client['done'] = async (context, itemIndex, call) => {
		await reply(context, itemIndex, { ...call, expects: 'nothing' });
	};
	return { reply, body, done };
}
