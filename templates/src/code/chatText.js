// @ts-check

const ESCAPES = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const NO_SPACE = '\u200b';

/**
 * A text from outside as a line of a chat: it starts no paragraph, and mentions and links nobody.
 * Slack and Mattermost show the escapes as the characters that they stand for
 * (https://docs.slack.dev/messaging/formatting-message-text#escaping).
 *
 * @param {unknown} text
 */
export function chatText(text) {
	return String(text ?? '')
		.replace(/\s+/g, ' ')
		.trim()
		.replace(/[&<>]/g, (character) => ESCAPES[character])
		.replace(/@(?=(?:channel|here|all|everyone)\b)/gi, `@${NO_SPACE}`);
}
