import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { frozen } from '../core/frozen';

/** The headers of a body that is JSON. */
export const JSON_HEADERS = frozen({ 'Content-Type': 'application/json' });

/** One of a provider's endpoints, as far as its limits go. */
export interface Endpoint {
	/** What it is called in messages: `start transcriptions`. */
	name: string;
	/** The pack's own limit, kept under the provider's. */
	requestsPerMinute: number;
	/** The name of the limit, where several endpoints are counted together. */
	countedAs?: string;
}

/** A call of a provider's API. */
export interface ApiCall {
	endpoint: Endpoint;
	method: IHttpRequestOptions['method'];
	/** Below the API's address, with a slash in front. */
	path: string;
	/** The address, where it is another than the provider's; without a slash at its end. */
	baseUrl?: string;
	query?: IDataObject;
	headers?: IDataObject;
	body?: IHttpRequestOptions['body'];
	/** What the reply's body has to be; a stream is handed on as it comes. */
	expects: 'json' | 'bytes' | 'stream' | 'nothing';
	/** The fields without which a JSON reply is of no use. */
	needs?: string[];
	/** The fields that lead on, such as an id: without a text in them it is of no use either. */
	needsText?: string[];
	/** Whether a JSON reply is of use, where `needs` cannot say it. */
	accepts?(body: unknown): boolean;
	/** Secrets of this call alone, such as a job's own token: kept out of messages. */
	secrets?: string[];
	/** Whether sending it twice does no more than sending it once; of a GET nobody has to say so. */
	resendable?: boolean;
	/** For a deletion: whether a 404 to it, sent again, says that it was done the first time. */
	goneWhenMissing?: boolean;
	/** For a call that is not: how to find out whether it arrived. */
	lookup?: string;
	/** How long nothing may move until the reply begins, in seconds; 300 by default. */
	replySeconds?: number;
	/** Tries after the first, where the user does not say; 5 by default. */
	maxRetries?: number;
}

/** A provider's reply that was accepted. */
export interface ApiReply<Body> {
	headers: IDataObject;
	body: Body;
}

/** A call on its way: with what its item and the credential add. */
export interface Call extends ApiCall {
	url: string;
	itemIndex: number | undefined;
	resendable: boolean;
	secrets: string[];
	maxRetries: number;
	/** Whether the provider has answered at this address before. */
	isKnownAddress: boolean;
	/** Whether what stands in between for a while, such as a login page, is outlasted. */
	outlastsPages: boolean;
}
