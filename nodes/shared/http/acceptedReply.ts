import type { Call } from './apiCall';
import { isWebPage } from './replyBody';
import type { Reply } from './replyBody';
import { objectOf, textOf } from '../core/wireValues';

/** Whether the body of a reply of 2xx is what the call expects, with all that it needs of it. */
export function fits(reply: Reply, call: Call): boolean {
	const { body } = reply;
	// no provider exports HTML, or says with it that something is done
	if (call.expects !== 'json') return !isWebPage(reply);
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
export function unreadable(reply: Reply, { needs = [], needsText = [] }: Call): string {
	if (isWebPage(reply)) return 'a web page';
	const { body } = reply;
	const wanted = [...needs, ...needsText].join(' and ');
	if (isObject(body) && wanted) return `a reply without ${wanted}`;
	return body ? 'a reply of an unexpected kind' : 'an empty reply';
}
