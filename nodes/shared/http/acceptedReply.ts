import type { Call } from './apiCall';
import { isWebPage } from './connection';
import type { Reply } from './replyBody';
import { objectOf, textOf } from '../core/wireValues';

/** Whether the body of a reply of 2xx is what the call expects, with all that it needs of it. */
export function fits({ headers, body }: Reply, call: Call): boolean {
	// no provider exports HTML, or says with it that something is done
	if (call.expects !== 'json') return !isWebPage(headers['content-type'], body);
	return isObject(body) && holdsAll(objectOf(body), call) && (call.accepts?.(body) ?? true);
}

function holdsAll(fields: Record<string, unknown>, { needs = [], needsText = [] }: Call): boolean {
	return (
		needs.every((field) => fields[field] !== undefined) &&
		needsText.every((field) => textOf(fields[field]) !== null)
	);
}

function isObject(body: unknown): boolean {
	return typeof body === 'object' && body !== null;
}

/** What came in place of what the call expects, in words for the node's panel. */
export function unreadable({ headers, body }: Reply, { needs = [], needsText = [] }: Call): string {
	if (isPage({ headers, body })) return 'a web page';
	const wanted = [...needs, ...needsText].join(' and ');
	if (isObject(body) && wanted) return `a reply without ${wanted}`;
	return body ? 'a reply of an unexpected kind' : 'an empty reply';
}

/** Whether a reply is a web page, such as a proxy, a firewall or a login sends. */
export function isPage({ headers, body }: Pick<Reply, 'headers' | 'body'>): boolean {
	return isWebPage(headers['content-type'], body);
}
