// @ts-check
/** What Google Drive and Dropbox say with 403 and 409, which mean one thing or the other. */
const OF_STORAGES = /** @type {Array<[RefusalKind, RegExp]>} */ ([
	['file', /insufficientFilePermissions|cannotDownload|fileNotDownloadable|downloadRestricted/i],
	['account', /storageQuotaExceeded|insufficient_space|no_write_permission|missing_scope/i],
	['passing', /rateLimitExceeded|too_many_(write_operations|requests)/i],
]);

// statuses of RFC 9110 and RFC 6585 about what was sent; 409 without a code that says more
const OF_THE_FILE = [400, 409, 411, 412, 413, 414, 415, 416, 417, 422, 431];
const PASSING = [408, 425, 429];
const MISSING = [404, 410];

/**
 * What a refusal means, by its status, where its code is in no provider's documents.
 *
 * @param {number} status of HTTP
 * @param {string} code in upper case; empty where there is none
 * @param {string} words of a storage; empty where another host has answered
 * @returns {RefusalKind}
 */
export function kindOfStatus(status, code, words) {
	const said = OF_STORAGES.find(([, pattern]) => pattern.test(words));
	if (said) return said[0];
	if (status >= 500 || PASSING.includes(status) || code.endsWith('_LOCKED')) return 'passing';
	// without a code it may be somebody else's answer, such as that of a proxy
	if (MISSING.includes(status)) return code || words ? 'missing' : 'account';
	return OF_THE_FILE.includes(status) ? 'file' : 'account';
}
