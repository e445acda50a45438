// @ts-check
import { withoutItemNumber } from './withoutItemNumber.js';

const MOST_CHARACTERS = 500;
// keys, balances, limits and full storages: what their owner mends, or time does
const OF_THE_ACCOUNT = [401, 402, 403, 407, 408, 425, 429];
// of Node.js and OpenSSL: the network, certificates, n8n's disk
const LINE_OR_STORAGE =
	/^(ECONN|ETIMEDOUT|ESOCKETTIMEDOUT|ENOTFOUND|EAI_|EPIPE|EHOST|ENET|EPROTO|ERR_|CERT_|DEPTH_|SELF_SIGNED|UNABLE_TO|ENOSPC|EIO|EMFILE|EROFS|EDQUOT)/;
const IN_A_REPLY =
	/insufficient_space|too_many_write_operations|storageQuotaExceeded|rateLimitExceeded/i;

// about one file, though Drive says it with 403
const OF_THE_FILE =
	/insufficientFilePermissions|cannotDownload|fileNotDownloadable|downloadRestricted/i;
// what n8n makes of a status in its own nodes, which give nothing else
const IN_WORDS =
	/try again later|too many requests|check your credentials|not able to process your request|connection .*(refused|aborted|closed|lost|reset)|timed? ?out/i;

/**
 * What an error item says: the message, the code, and whether the line, the provider or the account is
 * in trouble, so that the file waits and nothing counts against it.
 *
 * @param {any} json of a node of the pack, of HTTP Request or of another node of n8n
 */
export function troubleOf({ error, details }) {
	const given = details ?? error ?? {};
	const code = given.code ?? error?.cause?.code ?? null;
	const { httpStatus, statusCode, httpCode } = given;
	const status = Number(httpStatus ?? statusCode ?? httpCode ?? given.status ?? code ?? NaN);
	return {
		message: messageOf(error),
		code: code === null ? '' : String(code),
		status: Number.isInteger(status) ? status : null,
		description: String(details?.description ?? ''),
		isPassing: isPassing(status, code, details ? '' : JSON.stringify(error ?? '')),
	};
}

function isPassing(status, code, words) {
	if (Number.isInteger(status) && status >= 400) {
		const isOfTheAccount = OF_THE_ACCOUNT.includes(status) || status >= 500;
		return (isOfTheAccount && !OF_THE_FILE.test(words)) || IN_A_REPLY.test(words);
	}
	return LINE_OR_STORAGE.test(String(code ?? '')) || (!code && IN_WORDS.test(words));
}

function messageOf(error) {
	const text = String(
		(typeof error === 'string' ? error : error?.message) || 'No reason was given.',
	);
	return Array.from(withoutItemNumber(text)).slice(0, MOST_CHARACTERS).join('');
}
