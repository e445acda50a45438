import type { NodeApiError } from 'n8n-workflow';

import type { Call } from './apiCall';
import type { Provider } from '../core/provider';
import { RetryableFailure } from '../core/retry';

/** What to do about a request that did no harm. */
export const RESEND_ADVICE = 'Nothing was lost. Wait a little, then try again.';

/** What to do about a request that may have arrived, and would do its work twice. */
export function unsureAdvice({ lookup }: Call): string {
	const look = lookup ?? 'Look with the provider whether the request arrived';
	return `The request may have arrived, so it was not sent again. ${look} before you run the node again.`;
}

/** Where the API is said to be: what a user may have to correct. */
export function placeOf({ address }: Provider, { url }: Call): string {
	return address === undefined ? "the credential's Base URL" : new URL(url).host;
}

/** A failure after which nobody knows when somebody answers again. */
export function outage(error: NodeApiError): RetryableFailure {
	return new RetryableFailure(error, 0, true);
}
