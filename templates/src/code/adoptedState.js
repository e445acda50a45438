// @ts-check

/**
 * What a row of the table of version 0.1.0 becomes in this one.
 *
 * @param {Record<string, any>} old
 * @param {boolean} isThere whether the file is as it was
 * @returns {object | undefined} undefined for what has not begun
 */
export function adoptedState(old, isThere) {
	const { errorCode, transcriptionId: job, uploadId, request } = old;
	if (errorCode) return { state: 'refused' };
	if (job) return { state: 'transcribing', job };
	return uploadId && request && isThere ? { state: 'uploaded', uploadId, request } : undefined;
}
