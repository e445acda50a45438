// @ts-check
import { refusalKind } from './refusalKind.js';
import { withoutItemNumber } from './withoutItemNumber.js';

const MOST_CHARACTERS = 500;

/**
 * What an error item says: the message, the code, the status, and what it means. Where `isPassing` the
 * line, the provider or the account is in trouble: the file waits and nothing counts against it.
 *
 * @param {any} json of a node of the pack, of HTTP Request or of another node of n8n
 */
export function troubleOf({ error, details }) {
	const given = details ?? error ?? {};
	const code = given.code ?? error?.cause?.code ?? null;
	const { httpStatus, statusCode, httpCode } = given;
	const status = Number(httpStatus ?? statusCode ?? httpCode ?? given.status ?? code ?? NaN);
	const message = messageOf(error);
	const known = {
		code: code === null ? '' : String(code),
		status: Number.isInteger(status) ? status : null,
		words: details ? message : JSON.stringify(error ?? ''),
	};
	const kind = refusalKind({ ...known, isOfThePack: Boolean(details) });
	return {
		...known,
		message,
		kind,
		description: String(details?.description ?? ''),
		isPassing: ['account', 'passing'].includes(kind),
	};
}

function messageOf(error) {
	const text = String(
		(typeof error === 'string' ? error : error?.message) || 'No reason was given.',
	);
	return Array.from(withoutItemNumber(text)).slice(0, MOST_CHARACTERS).join('');
}
