import type { FastifyInstance } from 'fastify';
import { finished } from 'node:stream/promises';

/** What nginx waits for more of a body, its lingering_timeout. */
const LONGEST_MILLISECONDS = 5000;

/**
 * Reads what is left of a request's body before it is answered, as the front ends of providers do:
 * a connection that is closed over unread bytes is reset, and its sender may never see the answer.
 */
export function lingerOverBodies(app: FastifyInstance): void {
	app.addHook('onSend', async ({ raw }) => {
		if (raw.complete || raw.destroyed) return;
		const signal = AbortSignal.timeout(LONGEST_MILLISECONDS);
		raw.resume();
		// a sender that went away or dawdles gets what it gets
		await finished(raw, { signal, writable: false }).catch(() => {});
	});
}
