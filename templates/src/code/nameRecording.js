// @ts-check

/**
 * Gives the recording its name, which says what it is: Dropbox sends bytes without one.
 *
 * @param {CodeNode} n8n
 */
export function nameRecording({ $, $input }) {
	const { name } = $('Claim File').item.json;
	const { data } = $input.item.binary;
	return { json: { name }, binary: { data: { ...data, fileName: name } } };
}
