// white space of every kind, and the characters without a shape that come along with a paste
const AROUND = /^[\s\p{Cf}]+|[\s\p{Cf}]+$/gu;

// what is left out of Latin-1: control characters, the non-breaking blank, the soft hyphen
const UNSENDABLE = /[^\x20-\x7e\xa1-\xac\xae-\xff]/u;

const BROKEN_BASE_URL = /[\s\p{Cc}\p{Cf}\\]/u;

/** How a Base URL has to be entered, to stand behind what is wrong with it. */
export const BASE_URL_ADVICE =
	'Open the credential and enter the address alone, with https:// or http:// in front: no user, no query (?) and no fragment (#).';

/** How a key has to be entered, to stand behind what is wrong with it. */
export const KEY_ADVICE =
	'Open the credential and enter it again: on one line, as it was made, not the dots that stand for a hidden one.';

/** A text without the white space and the invisible characters around it. */
export function trimmed(text: string): string {
	return text.replace(AROUND, '');
}

/** A copy of a credential of which every text is without the white space around it. */
export function trimmedTexts<Credential extends object>(credential: Credential): Credential {
	const entries = Object.entries(credential).map(([field, value]: [string, unknown]) => [
		field,
		typeof value === 'string' ? trimmed(value) : value,
	]);
	return Object.fromEntries(entries) as Credential;
}

/** Whether a text of a credential holds nothing that a header cannot carry. */
export function isSendable(text: string): boolean {
	return !UNSENDABLE.test(text);
}

/**
 * What is wrong with a Base URL that is not an address alone: with more in it, requests would go
 * elsewhere, or messages show a password.
 *
 * @param baseUrl without white space around it
 * @returns words to go behind "The Base URL"; undefined where it can be used
 */
export function baseUrlFlaw(baseUrl: unknown): string | undefined {
	const address = typeof baseUrl === 'string' ? baseUrl : '';
	// a URL parser would leave out the line ends and turn the backslashes
	const isWhole = /^https?:\/\//i.test(address) && !BROKEN_BASE_URL.test(address);
	if (!isWhole || !isHttpUrl(address)) return 'is not an http or https URL';
	if (/^\w+:\/\/[^/?#]*@/.test(address)) return 'holds a user or a password';
	if (address.includes('?')) return 'holds a query';
	return address.includes('#') ? 'holds a fragment' : undefined;
}

/** A Base URL that has no flaw, without the slashes at its end: paths begin with one. */
export function withoutSlashes(baseUrl: string): string {
	return baseUrl.replace(/\/+$/, '');
}

/** Whether a text is an absolute http or https URL. */
export function isHttpUrl(text: string): boolean {
	const url = URL.canParse(text) ? new URL(text) : undefined;
	return url?.protocol === 'https:' || url?.protocol === 'http:';
}

/** A field's name as the credential's dialog shows it: `apiKey` is API Key. */
export function labelOf(field: string): string {
	const words = field.replace(/([A-Z])/g, ' $1').split(' ');
	return words
		.map((word) => (/^(api|id)$/i.test(word) ? word.toUpperCase() : capitalised(word)))
		.join(' ');
}

function capitalised(word: string): string {
	return word.charAt(0).toUpperCase() + word.slice(1);
}
