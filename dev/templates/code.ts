/**
 * What a Code node runs: its file, without the line end at the file's end.
 *
 * @param file name in templates/src, e.g. 'code/report.js'
 * @param code the text of each file by its name
 */
export function bodyOf(file: string, code: Record<string, string>): string {
	return code[file]!.replace(/\n$/, '');
}

/**
 * The files that change when a Code node is to run another body.
 *
 * @param file the file that it is built from
 * @param body what was edited in n8n's editor
 * @returns the new text of each file that changes, by its name
 */
export function withBody(file: string, body: string): Record<string, string> {
	return { [file]: `${body}\n` };
}
