// @ts-check
import { withoutItemNumber } from './withoutItemNumber.js';

/**
 * The text file that an output becomes: a summary, a translation, or a note that says why there is
 * none.
 *
 * @param {CodeNode} n8n
 */
export function outputFile({ $, $input }) {
	const output = $('One Output at a Time').first(1).json;
	const reply = $input.first().json;

	function summary() {
		const { summary, key_points: points, action_items: actions } = reply;
		const list = (title, lines) =>
			lines?.length ? `\n## ${title}\n\n${lines.map((line) => `- ${line}`).join('\n')}\n` : '';
		return `# Summary\n\n${summary ?? ''}\n${list('Key points', points)}${list('Action items', actions)}`;
	}

	function failure() {
		const message = withoutItemNumber(reply.error);
		const code = reply.details?.code ?? 'UNKNOWN';
		return `Output: ${output.label}\nCode: ${code}\nMessage: ${message}\nJob: ${output.jobId}\n`;
	}

	const hasFailed = reply.error !== undefined;
	const text = hasFailed ? failure() : output.kind === 'summary' ? summary() : (reply.text ?? '');
	const path = hasFailed ? output.failedPath : output.path;
	const problem = hasFailed ? 'It could not be made: see the file.' : '';
	const data = {
		data: Buffer.from(text).toString('base64'),
		mimeType: 'text/plain',
		fileName: path.slice(path.lastIndexOf('/') + 1),
	};
	return [{ json: { path, problem }, binary: { data } }];
}
