// @ts-check
import { refusalKind } from './refusalKind.js';
import { troubleOf } from './troubleOf.js';

/**
 * What became of the jobs that were looked at, as rows of the table: one that has ended with its
 * transcript as a file. One that could not be read stays where it is and says why.
 *
 * @param {CodeNode} n8n
 */
export function jobResults({ $, $input }) {
	const { maxAttempts, retryMinutes, outputFolder } = $('Settings').first().json;
	const rows = $('Note Check')
		.all()
		.map(({ json }) => json);
	const now = Date.now();

	/** The next start is another job: the key of this one would give it again. */
	const withNewKey = ({ round }) => ({ round: (round ?? 0) + 1, request: '' });

	function transcript(row, { id, text }) {
		const path = `${outputFolder.replace(/\/+$/, '')}/${id}.txt`;
		const data = Buffer.from(text ?? '').toString('base64');
		return {
			json: { ...row, state: 'done', code: '', message: '', path, finishedAt: now },
			binary: { data: { data, mimeType: 'text/plain', fileName: `${id}.txt` } },
		};
	}

	function failed(row, error) {
		const code = error?.code ?? 'FAILED';
		// a job that has no reason for its end ends for good
		const kind = error?.code ? refusalKind({ code }) : 'file';
		const attempts = (row.attempts ?? 0) + (kind === 'account' ? 0 : 1);
		const isTriedAgain = ['account', 'passing'].includes(kind) && attempts < maxAttempts;
		const pause = 60000 * retryMinutes * Math.min(60, 2 ** Math.max(0, attempts - 1));
		const changes = {
			state: isTriedAgain ? 'waiting' : 'failed',
			attempts,
			...withNewKey(row),
			tryAfter: now + pause,
			code,
			message: error?.message ?? 'No reason was given.',
			finishedAt: now,
		};
		return { json: { ...row, ...changes } };
	}

	function unread(row, { error, details }) {
		const { message, kind, ...trouble } = troubleOf({ error, details: details ?? {} });
		const isGone = kind === 'missing';
		const code = trouble.code || 'NOT_READ';
		const changes = isGone
			? { state: 'failed', finishedAt: now, ...withNewKey(row) }
			: { isUnread: true };
		return { json: { ...row, code, message, ...changes } };
	}

	return $input.all().flatMap(({ json: reply }, index) => {
		const row = rows[index];
		if (reply.status === 'completed') return [transcript(row, reply)];
		if (reply.status === 'failed') return [failed(row, reply.error)];
		return reply.status === undefined ? [unread(row, reply)] : [];
	});
}
