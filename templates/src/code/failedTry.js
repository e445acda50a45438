// @ts-check
import { withoutItemNumber } from './withoutItemNumber.js';

const CONNECTION_CODES = [
	'ECONNREFUSED',
	'ECONNRESET',
	'ECONNABORTED',
	'ENOTFOUND',
	'ETIMEDOUT',
	'EAI_AGAIN',
	'EPIPE',
];

/**
 * Why a file has no transcript, and whether another try cannot be paid a second time.
 *
 * @param {CodeNode} n8n
 */
export function failedTry({ $, $input }) {
	const { error, code, details } = $input.first().json;
	const message = withoutItemNumber(error ?? '') || 'No reason was given.';
	const isConflict = details?.code === 'IDEMPOTENCY_KEY_CONFLICT';
	const isSent = $('Note Sending').isExecuted;
	const hasKey = isSent && $('Note Sending').first().json.idempotencyKey !== '';
	return [
		{
			json: {
				errorCode: String(details?.code ?? code ?? 'NOT_TRANSCRIBED'),
				errorMessage: isConflict
					? `${message}. An earlier try, which n8n did not live to see the end of, has started the job: look for it in the account. To pay for another, move the recording back into the input folder.`
					: message,
				attempts: $('Take Over').first().json.attempts,
				mayTryAgain: !isSent || (hasKey && isPassing(details)),
			},
		},
	];
}

/** Whether the line or the provider was in trouble that may pass, and not the file. */
function isPassing(details) {
	const status = details?.httpStatus ?? null;
	if (status === null) return CONNECTION_CODES.includes(details?.code);
	return status === 429 || status >= 500;
}
