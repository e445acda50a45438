import { NodeError } from 'n8n-workflow';

import { frozen } from './frozen';

/**
 * SQLSTATEs of a PostgreSQL that is away, starts, stops or has no connection left: class 08, 57P01 to 57P03, 53300
 * (https://www.postgresql.org/docs/current/errcodes-appendix.html).
 */
const AWAY = /^(?:08...|57P0[123]|53300)$/;

/** Node.js's codes of a connection that was refused or lost. */
const LINE_CODES: readonly string[] = frozen(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT']);

/** What node-postgres and its pool say of a connection that was lost, or that they did not get; these have no code. */
const WORDS: readonly string[] = frozen([
	'Connection terminated',
	'timeout exceeded when trying to connect',
	'connection error and is not queryable',
]);

/**
 * Whether n8n could not reach its own database just then, e.g. for a credential, as may happen where it keeps that in
 * PostgreSQL. It passes, and says nothing of a job.
 *
 * @param error as n8n threw it
 */
export function isDatabaseAway(error: unknown): boolean {
	// what a node has met itself, such as a provider's refusal, n8n wraps
	if (!(error instanceof Error) || error instanceof NodeError) return false;
	const { code } = error as { code?: unknown };
	if (typeof code === 'string' && (AWAY.test(code) || LINE_CODES.includes(code))) return true;
	return WORDS.some((words) => error.message.includes(words));
}
