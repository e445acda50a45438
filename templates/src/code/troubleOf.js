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
	const { httpStatus, statusCode, httpCode } = given;
	// n8n gives the code of a lost line in the place of the status
	const ofTheLine = Number.isNaN(Number(httpCode ?? 0)) ? httpCode : null;
	const code = given.code ?? error?.cause?.code ?? ofTheLine;
	const status = Number(httpStatus ?? statusCode ?? httpCode ?? given.status ?? code ?? NaN);
	// the HTTP Request node gives details too, of its own kind
	const isOfThePack = Boolean(details) && !('httpCode' in details);
	const message = messageOf(error, isOfThePack ? '' : String(details?.description ?? ''));
	const known = {
		code: code === null ? '' : String(code),
		status: Number.isInteger(status) ? status : null,
		words: isOfThePack ? message : JSON.stringify(details ?? error ?? ''),
	};
	const kind = refusalKind({ ...known, isOfThePack });
	return {
		...known,
		message,
		kind,
		description: String(details?.description ?? ''),
		isPassing: ['account', 'passing'].includes(kind),
	};
}

/**
 * @param {any} error
 * @param {string} answered what the other side gave as its reason, where n8n's own words leave it out
 */
function messageOf(error, answered) {
	const text = String(
		(typeof error === 'string' ? error : error?.message) || 'No reason was given.',
	);
	const said = withoutItemNumber(text);
	const whole = answered && !said.includes(answered) ? `${said} (${answered})` : said;
	return Array.from(whole).slice(0, MOST_CHARACTERS).join('');
}
