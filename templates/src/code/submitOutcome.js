// @ts-check
import { withoutItemNumber } from './withoutItemNumber.js';

/**
 * What became of a link that was submitted, as its row of the table. What is wrong with the link counts
 * against it; trouble of the line or the account does not: the link stays where it is. Where the run
 * ends, the rows of the links that it has claimed and not sent are given back as well.
 *
 * @param {CodeNode} n8n
 */
export function submitOutcome({ $, $input }) {
	const TROUBLES_A_RUN = 3;
	const MINUTE = 60000;
	const REFUSED = [400, 409, 413, 422];
	const { retryMinutes } = $('Settings').first().json;
	const rows = $('Claim Links')
		.all()
		.map(({ json }) => json);
	const link = $('Next Link').first(1).json;
	const { id: transcriptionId, error, details } = $input.first().json;
	const now = Date.now();
	const before = $('Outcome').isExecuted ? $('Outcome').first().json.troubles : 0;

	const code = details?.code ?? details?.httpStatus;
	const message = withoutItemNumber(error ?? '');
	const httpStatus = details?.httpStatus ?? 0;

	/** @returns {'submitted' | 'line' | 'refused' | 'account'} */
	function kind() {
		if (typeof error !== 'string') return 'submitted';
		if (httpStatus === 429 || httpStatus >= 500) return 'line';
		if (code === 'IDEMPOTENCY_KEY_LOCKED' || (httpStatus === 0 && code)) return 'line';
		if (REFUSED.includes(httpStatus) || !isLink() || link.url.length > 2048) return 'refused';
		return 'account';
	}
	const isLink = () => /^https?:\/\//i.test(link.url);
	const what = kind();

	/** What changes in the link's row. */
	const changes = {
		submitted: () => ({
			state: 'submitted',
			transcriptionId,
			submittedAt: now,
			checkedAt: now,
			code: '',
			message: '',
		}),
		line: () => ({ tryAfter: now + MINUTE * retryMinutes, code: String(code), message }),
		account: () => ({ tryAfter: 0, code: String(code ?? 'NOT_SENT'), message }),
		refused: () => ({
			state: 'failed',
			code: String(code ?? (isLink() ? 'NOT_SENT' : 'NOT_A_LINK')),
			message,
			finishedAt: now,
		}),
	};
	const troubles = before + (what === 'line' ? 1 : 0);
	const isOver = now > $('Slot').first().json.ends;
	const goesOn = what !== 'account' && troubles < TROUBLES_A_RUN && !isOver;
	const links = troubles === 1 ? 'A link' : `${troubles} links`;
	const problems = {
		line: `${links} could not be submitted, and the rest waits for the next run. The last answer: ${message}`,
		account: `Nothing can be submitted now, and every link waits: ${message}`,
	};
	const problem = goesOn ? '' : (problems[what] ?? '');

	const outcome = (row, changed) => ({
		json: { ...row, lease: row.tryAfter, ...changed, goesOn, troubles, problem },
	});
	const place = rows.findIndex(({ id }) => id === link.id);
	const rest = goesOn ? [] : rows.slice(place + 1);
	const dueAt = new Map(
		$('Waiting Links')
			.all()
			.map(({ json }) => [json.id, json.tryAfter]),
	);
	return [
		outcome(rows[place], changes[what]()),
		...rest.map((row) => outcome(row, { tryAfter: dueAt.get(row.id) ?? 0 })),
	];
}
