/**
 * What a Code node runs: its file, without the line end at the file's end.
 *
 * @param file name in templates/src, e.g. 'code/report.js'
 * @param code the text of each file by its name
 */
export function bodyOf(file: string, code: Record<string, string>): string {
	return code[file]!.replace(/\n$/, '');
}
