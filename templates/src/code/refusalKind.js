// @ts-check
import { kindOfStatus } from './kindOfStatus.js';
import { kindOfWords } from './kindOfWords.js';

const KINDS = /** @type {const} */ (['file', 'account', 'passing', 'upload', 'missing']);

/**
 * What the codes mean that providers document, whatever the status that they come with: Scriptivox
 * (https://www.scriptivox.com/docs/api-reference), Whipscribe (https://whipscribe.com/docs),
 * Transcripton (https://transcription.solutions/docs/api) and Scripe
 * (https://apidocs.scripe.io/api/v1/errors). In upper case, as some write the same code in lower case.
 */
const OF_CODES = {
	// wrong with what was sent: it would be refused again
	file: `INVALID_REQUEST INVALID_FILENAME INVALID_MEDIA_FORMAT FILE_TOO_LARGE PAYLOAD_TOO_LARGE
		IDEMPOTENCY_KEY_CONFLICT URL_NOT_ACCESSIBLE DOWNLOAD_FAILED DURATION_TOO_LONG PROCESSING_ERROR
		CANCELLED CONFLICT BAD_URL BAD_MIME UNSUPPORTED_FORMAT FILE_TOO_LONG UNPROCESSABLE`,
	// keys, plans, balances, settings: others would meet it as well, and somebody has to mend it
	account: `INVALID_API_KEY API_KEY_REVOKED ZERO_BALANCE INSUFFICIENT_BALANCE METHOD_NOT_ALLOWED
		UNSUPPORTED_MEDIA_TYPE BILLING_ERROR MISSING_API_KEY AUTH_REQUIRED AUTHENTICATION_REQUIRED
		BAD_IDEMPOTENCY_KEY BAD_SOURCE NO_CREDITS TRANSCRIPT_LOCKED QUOTA_EXCEEDED
		UNSUPPORTED_LANGUAGE TRANSLATION_QUOTA_EXCEEDED EMAIL_NOT_VERIFIED POLISH_REQUIRES_PAID_PLAN
		SUMMARIZE_REQUIRES_PAID_PLAN TRANSLATION_NOT_IN_PLAN VERSION_UNSUPPORTED INVALID_TOKEN
		KEY_EXPIRED KEY_REVOKED SPEND_CAP_EXCEEDED PLAN_NOT_ELIGIBLE SCOPE_MISSING WORKSPACE_MISMATCH
		SSRF_BLOCKED`,
	// limits, trouble of the provider, and what is not ready yet
	passing: `IDEMPOTENCY_KEY_LOCKED RATE_LIMIT_EXCEEDED RATE_LIMITED INTERNAL_ERROR CREATED_TIMEOUT
		DOWNLOAD_TIMEOUT PROCESSING_TIMEOUT BACKEND_ERROR BACKEND_UNREACHABLE FEATURES_NOT_READY
		JOB_NOT_READY ASR_QUOTA_EXCEEDED TRANSLATION_UNAVAILABLE BAD_PAGINATION BAD_CURSOR`,
	// it has to be uploaded anew
	upload: 'FILE_NOT_UPLOADED UPLOAD_ALREADY_USED UPLOAD_EXPIRED UPLOAD_NOT_FOUND',
	// of what was asked for, such as a job; where something was sent, of its place
	missing: 'TRANSCRIPTION_NOT_FOUND NOT_FOUND BAD_ID AUDIO_EXPIRED AUDIO_MISSING',
};

const TOO_LARGE = 413;

// of Node.js and OpenSSL: the network, certificates, n8n's disk
const LINE_OR_DISK =
	/^(ECONN|ETIMEDOUT|ESOCKETTIMEDOUT|ENOTFOUND|EAI_|EPIPE|EHOST|ENET|EPROTO|ERR_|CERT_|DEPTH_|SELF_SIGNED|UNABLE_TO|ENOSPC|EIO|EMFILE|EROFS|EDQUOT)/;
/**
 * What a refusal means, by what is known of it: for all providers, and for all templates alike.
 *
 * - `file`: something is wrong with what was sent; it would be refused again
 * - `account`: the key, the plan, the balance or a setting, which others would meet as well
 * - `passing`: the line or the provider is in trouble, or a limit is reached
 * - `upload`: the upload is gone and has to be made anew
 * - `missing`: what was asked for is not there
 *
 * @param {{ code?: string | null, status?: number | null, words?: string, isOfThePack?: boolean }} known
 * `words`: all that it says of itself; `isOfThePack`: whether a node of the pack gave it, and not one of
 * n8n's own
 * @returns {RefusalKind}
 */
export function refusalKind({ code, status, words = '', isOfThePack = true }) {
	const name = String(code ?? '').toUpperCase();
	const documented = KINDS.find((kind) => OF_CODES[kind].split(/\s+/).includes(name));
	// a path that there is not: the address is wrong, and every job would look as if it were gone
	if (name === 'NOT_FOUND' && words.startsWith('Scriptivox')) return 'account';
	if (documented) return documented;
	// an address that ran out is refused with any status
	if (words.includes('the storage answered')) return status === TOO_LARGE ? 'file' : 'passing';
	if (status && status >= 300) return kindOfStatus(status, name, isOfThePack ? '' : words);
	return LINE_OR_DISK.test(name) ? 'passing' : kindOfWords(words, isOfThePack);
}
