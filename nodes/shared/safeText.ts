const LONGEST_MESSAGE = 500;

// with the two line separators, which break a one-line message as well
const CONTROL_CHARACTERS = /[\p{Cc}\u2028\u2029]+/gu;
const URL_WITH_QUERY = /(https?:\/\/[^\s?#"'<>]+)[?#][^\s"'<>]*/gi;

/**
 * Makes text from outside fit to show: secrets and the queries of URLs (a signed URL's query is a
 * key) taken out, control characters replaced by a space, at most 500 characters.
 *
 * @param text what a provider or a network library said
 * @param secrets values that must not appear, such as the API key
 */
export function safeText(text: string, secrets: string[] = []): string {
	let safe = text;
	for (const secret of secrets) safe = safe.split(secret).join('***');
	safe = oneLine(safe.replace(URL_WITH_QUERY, '$1'));
	return safe.length > LONGEST_MESSAGE ? `${safe.slice(0, LONGEST_MESSAGE - 1)}…` : safe;
}

/** Text on a single line: control characters and line breaks replaced by a space. */
export function oneLine(text: string): string {
	return text.replace(CONTROL_CHARACTERS, ' ').trim();
}
