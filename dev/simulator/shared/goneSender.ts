import type { IncomingMessage } from 'node:http';

/**
 * Tells of a sender that goes away before all of its request has come. A request also closes once it has been read to
 * its end, which may be long before a slow provider has taken it in.
 */
export function onGoneSender(request: IncomingMessage, tell: (error: Error) => void): void {
	request.once('close', () => {
		if (!request.complete) tell(new Error('The sender went away'));
	});
}
