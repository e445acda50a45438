import type { CredentialHeader } from '../shared/http/authentication';

/** The headers by which Whipscribe knows who calls (Whipscribe API docs). */
export const IDENTITY: readonly CredentialHeader[] = [
	['X-API-Key', 'apiKey'],
	['Authorization', 'idToken', 'Bearer '],
	['X-User-Email', 'userEmail'],
	['X-Guest-Token', 'guestToken'],
];
