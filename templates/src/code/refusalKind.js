// @ts-check

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

/** What Google Drive and Dropbox say with 403 and 409, which mean one thing or the other. */
const OF_STORAGES = {
	passing: /rateLimitExceeded|too_many_(write_operations|requests)/i,
	account: /storageQuotaExceeded|insufficient_space|no_write_permission|missing_scope/i,
	file: /insufficientFilePermissions|cannotDownload|fileNotDownloadable|downloadRestricted/i,
};

// statuses of RFC 9110 and RFC 6585 about what was sent; 409 without a code that says more
const OF_THE_FILE = [400, 409, 411, 412, 413, 414, 415, 416, 417, 422, 431];
const PASSING = [408, 425, 429];
const MISSING = [404, 410];
const TOO_LARGE = 413;

// of Node.js and OpenSSL: the network, certificates, n8n's disk
const LINE_OR_DISK =
	/^(ECONN|ETIMEDOUT|ESOCKETTIMEDOUT|ENOTFOUND|EAI_|EPIPE|EHOST|ENET|EPROTO|ERR_|CERT_|DEPTH_|SELF_SIGNED|UNABLE_TO|ENOSPC|EIO|EMFILE|EROFS|EDQUOT)/;
// what n8n makes of a status in its own nodes, which give nothing else
const N8N_ASKS_FOR_A_KEY = /check your credentials/i;
const N8N_FINDS_NOTHING = /could not be found/i;
const N8N_WAITS =
	/try again later|too many requests|not able to process your request|connection .*(refused|aborted|closed|lost|reset)|timed? ?out/i;
// what a node of the pack says of a file, before or without an answer of the provider
const BY_THE_NODE =
	/^URL (is|leads|must)|^The file "[^]*" (is|has)|^The item (has|holds) no file|does not take|has more than [\d,]+ characters|could not (transcribe|write)/;

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
 * @returns {typeof KINDS[number]}
 */
export function refusalKind({ code, status, words = '', isOfThePack = true }) {
	const name = String(code ?? '').toUpperCase();
	const documented = KINDS.find((kind) => OF_CODES[kind].split(/\s+/).includes(name));
	// a path that there is not: the address is wrong, and every job would look as if it were gone
	if (name === 'NOT_FOUND' && words.startsWith('Scriptivox')) return 'account';
	if (documented) return documented;
	// an address that ran out is refused with any status
	if (words.includes('the storage answered')) return status === TOO_LARGE ? 'file' : 'passing';
	if (status && status >= 300) return ofStatus(status, name, isOfThePack ? '' : words);
	return LINE_OR_DISK.test(name) ? 'passing' : ofWords(words, isOfThePack);
}

/**
 * @param {number} status of HTTP
 * @param {string} code
 * @param {string} words of a storage
 * @returns {typeof KINDS[number]}
 */
function ofStatus(status, code, words) {
	const said = KINDS.find((kind) => OF_STORAGES[kind]?.test(words));
	if (said) return said;
	if (status >= 500 || PASSING.includes(status) || code.endsWith('_LOCKED')) return 'passing';
	// without a code it may be somebody else's answer, such as that of a proxy
	if (MISSING.includes(status)) return code || words ? 'missing' : 'account';
	return OF_THE_FILE.includes(status) ? 'file' : 'account';
}

/**
 * @param {string} words
 * @param {boolean} isOfThePack
 * @returns {typeof KINDS[number]}
 */
function ofWords(words, isOfThePack) {
	if (isOfThePack) return BY_THE_NODE.test(words) ? 'file' : 'account';
	if (N8N_ASKS_FOR_A_KEY.test(words)) return 'account';
	if (N8N_FINDS_NOTHING.test(words)) return 'missing';
	return N8N_WAITS.test(words) ? 'passing' : 'file';
}
