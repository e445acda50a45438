// @ts-check
/**
 * What a file becomes that was being sent when n8n stopped: Transcripton has no key that would make a
 * second submission harmless.
 *
 * @param {Record<string, any>} row
 */
export function unsureOutcome({ errorCode, errorMessage }) {
	return {
		state: 'lookAtIt',
		errorCode: errorCode || 'STOPPED_WHILE_SENDING',
		errorMessage:
			errorMessage ||
			'n8n stopped while this file was being sent. Look whether Transcripton has the job before it is sent again.',
	};
}
