import type { FastifyRequest } from 'fastify';
import { Refusal } from './errors';
import type { WhipscribeSettings } from './settings';

/** Who a request comes from. */
export interface Caller {
	apiKey: string;
	/** E-mail of the signed-in user, or of the one that a server names; null for none. */
	user: string | null;
	/** Whether the user is signed in, which claiming needs. */
	isSignedIn: boolean;
	/** Proof that a job without a user is the caller's. */
	claimToken: string | null;
}

/** What says whose a job is. */
interface Owned {
	apiKey: string;
	user: string | null;
	claimToken: string | null;
}

/** Who a request comes from, a key or not. Throws nothing: `/me` is answered to anybody. */
export function anyCaller(settings: WhipscribeSettings, { headers }: FastifyRequest): Caller {
	const idToken = headers.authorization?.replace(/^Bearer\s+/i, '') ?? '';
	const signedIn = Object.hasOwn(settings.idTokens, idToken) ? settings.idTokens[idToken] : null;
	const email = textOf(headers['x-user-email']);
	const apiKey = textOf(headers['x-api-key']) ?? '';
	return {
		apiKey: settings.apiKeys.includes(apiKey) ? apiKey : '',
		user: signedIn ?? email,
		isSignedIn: Boolean(signedIn),
		claimToken: textOf(headers['x-claim-token']),
	};
}

/**
 * Who a request comes from.
 *
 * @throws MISSING_API_KEY, INVALID_API_KEY, AUTHENTICATION_REQUIRED for an ID token that is none
 */
export function callerOf(settings: WhipscribeSettings, request: FastifyRequest): Caller {
	const caller = anyCaller(settings, request);
	const { headers } = request;
	if (!headers['x-api-key']) throw new Refusal('MISSING_API_KEY', 'X-API-Key is missing');
	if (!caller.apiKey) throw new Refusal('INVALID_API_KEY', 'The API key is not valid');
	if (headers.authorization !== undefined && !caller.isSignedIn) {
		throw new Refusal('AUTHENTICATION_REQUIRED', 'The ID token is not valid');
	}
	return caller;
}

/**
 * Refuses a job that is not the caller's.
 *
 * @throws NOT_FOUND for somebody else's; AUTHENTICATION_REQUIRED where a proof is missing
 */
export function checkOwner(settings: WhipscribeSettings, job: Owned, caller: Caller): void {
	if (job.apiKey !== caller.apiKey) throw notFound();
	const isProven = job.claimToken === null || job.claimToken === caller.claimToken;
	const isOwn = job.user === null || job.user === caller.user;
	if (isProven && isOwn) return;
	const isWrong = caller.claimToken !== null || (job.user !== null && caller.user !== null);
	if (isWrong || settings.unprovenStatus === 404) throw notFound();
	throw new Refusal('AUTHENTICATION_REQUIRED', 'Send Authorization or X-Claim-Token');
}

/** There is no such job, or it is somebody else's. */
export function notFound(): Refusal {
	return new Refusal('NOT_FOUND', 'Job not found');
}

function textOf(value: string | string[] | undefined): string | null {
	return typeof value === 'string' && value !== '' ? value : null;
}
