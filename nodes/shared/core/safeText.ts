const LONGEST_MESSAGE = 500;
const HIDDEN = '***';

// with what breaks a one-line message as well, and what turns the text behind it around
const CONTROL_CHARACTERS = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu;
const HALF_CHARACTER = /\p{Cs}/gu;
const URL_WITH_QUERY = /(https?:\/\/[^\s?#"'<>]+)[?#][^\s"'<>]*/gi;

/**
 * Makes text from outside fit to show: secrets and the queries of URLs (a signed URL's query is a
 * key) taken out, control characters replaced by a space, at most 500 characters.
 *
 * @param text what a provider or a network library said
 * @param secrets values that must not appear, such as the API key; neither as URLs and JSON write them
 */
export function safeText(text: string, secrets: string[] = []): string {
	const forms = secrets.flatMap(formsOf);
	// the query first cut off could leave half a secret; the line breaks replaced could make one whole
	const hidden = withoutSecrets(text, forms).replace(URL_WITH_QUERY, '$1');
	return shortened(withoutSecrets(oneLine(hidden), forms));
}

/** Text on a single line: control characters and line breaks replaced by a space. */
export function oneLine(text: string): string {
	return text.replace(CONTROL_CHARACTERS, ' ').replace(HALF_CHARACTER, '\ufffd').trim();
}

/** How a secret may be written. */
function formsOf(secret: string): string[] {
	const line = oneLine(secret);
	// half a character cannot be written in a URL
	const inUrls = [line, secret.replace(HALF_CHARACTER, '\ufffd')].map(encodeURIComponent);
	const forms = [secret, line, ...inUrls, JSON.stringify(secret).slice(1, -1)];
	return forms.filter((form) => form !== '');
}

function withoutSecrets(text: string, forms: string[]): string {
	const places = forms
		.flatMap((form) => placesOf(form, text))
		.sort((one, other) => one.start - other.start);
	let safe = '';
	let end = 0;
	for (const place of places) {
		// those that overlap are hidden together
		if (place.start >= end) safe += text.slice(end, place.start) + HIDDEN;
		end = Math.max(end, place.end);
	}
	return safe + text.slice(end);
}

function placesOf(form: string, text: string): Array<{ start: number; end: number }> {
	const places = [];
	for (let at = text.indexOf(form); at !== -1; at = text.indexOf(form, at + 1)) {
		places.push({ start: at, end: at + form.length });
	}
	return places;
}

function shortened(text: string): string {
	if (text.length <= LONGEST_MESSAGE) return text;
	const beginning = text.slice(0, LONGEST_MESSAGE - 1);
	// the cut may go through a character of two halves
	return `${beginning.replace(/[\ud800-\udbff]$/, '')}…`;
}
