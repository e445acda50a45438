import { NodeApiError } from 'n8n-workflow';

import { connectionFlaw } from './connection';
import { isDatabaseAway } from '../core/databaseAway';
import { codeOf, httpStatusOf, isOfWebPage } from '../core/errors';
import { frozen } from '../core/frozen';

/** Request Timeout, Too Early, Too Many Requests: a refusal for now. */
export const REFUSED_FOR_NOW: readonly number[] = frozen([408, 425, 429]);

/**
 * What those say who stand in front of a provider that is away, and what it says while it restarts:
 * Bad Gateway, Service Unavailable, Gateway Timeout, Network Authentication Required (a network that
 * wants a login first, RFC 6585), and Cloudflare's own
 * (https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/).
 */
const AWAY: readonly number[] = frozen([
	502, 503, 504, 511, 520, 521, 522, 523, 524, 525, 526, 527, 530,
]);

/** Whether a status says that the provider is away, and not what it thinks of the request. */
export function isAway(httpStatus: number): boolean {
	return AWAY.includes(httpStatus);
}

/**
 * Statuses about the form of a request, which a gateway answers with a page of its own and would
 * answer again: RFC 9110, section 15.5, and RFC 6585 for 431.
 */
const ABOUT_THE_REQUEST: readonly number[] = frozen([
	400, 411, 412, 413, 414, 415, 416, 417, 422, 431,
]);

/** Whether a web page with this status is of something in between, such as a proxy or a login page. */
export function mayBeInBetween(httpStatus: number): boolean {
	const isRefusal = httpStatus >= 400 && httpStatus < 500 && httpStatus !== 429;
	return isRefusal && !ABOUT_THE_REQUEST.includes(httpStatus);
}

/**
 * Whether a failure of a read passes by itself, so that somebody who can wait only has to look again:
 * a lost connection, a provider in trouble or at its limit, n8n's own database that is away.
 *
 * @param isKnownAddress whether the provider has answered there before; then a web page, a redirect or
 * an unknown certificate is of something in between, such as a proxy that restarts, and passes as well
 */
export function passesByItself(error: unknown, isKnownAddress: boolean): boolean {
	if (isDatabaseAway(error)) return true;
	if (!(error instanceof NodeApiError)) return false;
	const httpStatus = httpStatusOf(error);
	if (httpStatus === undefined) {
		return isKnownAddress || (connectionFlaw(codeOf(error) ?? null)?.passing ?? true);
	}
	if (isOfWebPage(error)) return isKnownAddress;
	if (httpStatus >= 500 || REFUSED_FOR_NOW.includes(httpStatus)) return true;
	return isKnownAddress && httpStatus < 400;
}

/**
 * Whether a failure is of something in between rather than of the address: a web page, a redirect, a
 * certificate that nobody knows. A reply that is no page and yet not the API's is another service's.
 */
export function isOfSomethingBetween(error: unknown): boolean {
	if (!(error instanceof NodeApiError)) return false;
	const httpStatus = httpStatusOf(error);
	if (httpStatus === undefined || isOfWebPage(error)) return true;
	return httpStatus >= 300 && httpStatus < 400;
}
