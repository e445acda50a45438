// @ts-check

/**
 * What a row of the table of version 0.1.0 becomes in this one: a file that was sent without a key may be
 * paid already, and so is not sent again.
 *
 * @param {Record<string, any>} old
 * @param {boolean} isThere whether the file is as it was
 * @returns {object | undefined} undefined for what has not begun
 */
export function adoptedStateForAnyProvider(old, isThere) {
	const { state, errorCode, transcriptId, text, sentAt, idempotencyKey } = old;
	if (errorCode) return { state: 'refused' };
	if (state !== 'working') {
		return transcriptId
			? { state: 'transcribing', job: transcriptId, text: text ?? '' }
			: undefined;
	}
	if (!sentAt) return undefined;
	const isSentAgain = Boolean(idempotencyKey) && isThere;
	return isSentAgain
		? { state: 'starting', request: JSON.stringify({ isKeyed: true }) }
		: { state: 'unsure' };
}
