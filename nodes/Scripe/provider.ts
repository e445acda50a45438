import { frozen } from '../shared/core/frozen';
import type { JobProvider, ProviderError } from '../shared/core/provider';
import { numberOf, objectOf, textOf, textsOf } from '../shared/core/wireValues';

const KEY_HINT =
	'Open the credential and enter an active key from Settings, Developer, API Keys in Scripe.';
const PAGES_HINT = 'The list changed while it was read. Run the node again from the start.';

/** What `shared` has to know about Scripe. */
export const scripe = frozen<JobProvider>({
	name: 'Scripe',
	readWith: 'Job: Wait or Job: Get',
	listWith: 'Job: Get Many',
	goneCodes: ['not_found'],
	credentialType: 'scripeApi',
	secretFields: ['apiKey'],
	/** `{ error: { code, message, request_id, details?, meta? } }` (Scripe API guide, errors). */
	readError(body) {
		const error = objectOf(objectOf(body).error);
		const { code, message, request_id } = error;
		if (code === undefined && message === undefined) return undefined;
		return {
			code: textOf(code),
			message: textOf(message) ?? '',
			advice: adviceFor(error),
			requestId: textOf(request_id) ?? undefined,
		} satisfies ProviderError;
	},
	fileCodes: ['unprocessable'],
	hints: {
		invalid_request: 'Check the fields of the node against the message. Nothing was done.',
		bad_pagination: PAGES_HINT,
		bad_cursor: PAGES_HINT,
		version_unsupported: 'Open the credential and set its API Version to one that Scripe has.',
		invalid_token: KEY_HINT,
		key_expired: KEY_HINT,
		key_revoked: KEY_HINT,
		spend_cap_exceeded:
			"The workspace has reached its cap for a day's AI work. It resets at 00:00 UTC.",
		plan_not_eligible: 'The API needs the plan Advanced or Business, or one agreed with Scripe.',
		scope_missing:
			'Open Settings, Developer, API Keys in Scripe and tick the scope that the key lacks.',
		workspace_mismatch: 'The key belongs to another workspace. Use a key of this one.',
		not_found:
			'Check the ID, and that the key belongs to the workspace that holds it: other workspaces’ things are not found either.',
		idempotency_key_conflict:
			'This idempotency key was used for another request within the last 24 hours. Use another key, or the same fields as then. A binary file gets a new upload each time: with a key of your own, upload it with Upload: Create and keep its upload ID.',
		payload_too_large:
			'The request is too large. With an idempotency key Scripe may take no more than 256 kB: shorten the text, or enter "none" as Idempotency Key.',
		unprocessable:
			'Scripe understood the request and will not do it. Check times, types and sizes against the message.',
		ssrf_blocked: 'The address does not lead to a public server.',
		CANCELLED: 'Somebody cancelled the job. Start it again if you still need it.',
	},
});

/** What to do, where the error itself says more than its code. */
function adviceFor({ code, details, meta }: Record<string, unknown>): string | undefined {
	const { required, accepted } = objectOf(details);
	switch (code) {
		case 'spend_cap_exceeded':
			return spendAdvice(objectOf(meta));
		case 'scope_missing':
			return namesOf(required).length > 0
				? `The key lacks the scope ${namesOf(required).join(', ')}. Tick it for the key under Settings, Developer, API Keys in Scripe.`
				: undefined;
		case 'version_unsupported':
			return namesOf(accepted).length > 0
				? `Open the credential and set its API Version to one of ${namesOf(accepted).join(', ')}.`
				: undefined;
		default:
			return undefined;
	}
}

// the vendor's pages do not say whether it is one name or a list
function namesOf(value: unknown): string[] {
	return typeof value === 'string' ? [value] : textsOf(value);
}

function spendAdvice(meta: Record<string, unknown>): string | undefined {
	const capCents = numberOf(meta.capCents);
	const spentCents = numberOf(meta.spentCents);
	const estimateCents = numberOf(meta.estimateCents);
	if (capCents === null || spentCents === null) return undefined;
	const estimate =
		estimateCents === null ? '' : `, and this would cost about ${estimateCents} more`;
	return `The workspace has spent ${spentCents} of the ${capCents} cents that it may spend in a day${estimate}. It resets at 00:00 UTC: run the node again then, or raise the plan.`;
}
