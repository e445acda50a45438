// @ts-check
import { isGivenUp } from './isGivenUp.js';
import { troubleOf } from './troubleOf.js';

/**
 * What became of a link that was submitted, as its row of the table. What is wrong with the link counts
 * against it; trouble of the line or the account does not: the link stays where it is, unless Scriptivox
 * fails over it for days. Where the run ends, the rows of the links that it has claimed and not sent are
 * given back as well.
 *
 * @param {CodeNode} n8n
 */
export function submitOutcome({ $, $input }) {
	const TROUBLES_A_RUN = 3;
	const MINUTE = 60000;
	const { retryMinutes } = $('Settings').first().json;
	const rows = $('Claim Links')
		.all()
		.map(({ json }) => json);
	const link = $('Next Link').first(1).json;
	const { id: transcriptionId, error, details } = $input.first().json;
	const now = Date.now();
	const before = $('Outcome').isExecuted ? $('Outcome').first().json : { troubles: 0, givenUp: [] };

	const trouble = troubleOf({ error, details: details ?? {} });
	const { message } = trouble;
	const code = trouble.code || trouble.status;
	const dueAt = new Map(
		$('Waiting Links')
			.all()
			.map(({ json }) => [json.id, json.tryAfter]),
	);
	// since when it is in trouble: one that is new, or that somebody has set back, is due at 0
	const checkedAt = (dueAt.get(link.id) && link.checkedAt) || now;

	/** @returns {'submitted' | 'line' | 'refused' | 'givenUp' | 'account'} */
	function kind() {
		if (typeof error !== 'string') return 'submitted';
		if (!isLink() || trouble.kind === 'file') return 'refused';
		if (trouble.kind !== 'passing') return 'account';
		return isGivenUp(trouble, checkedAt, now) ? 'givenUp' : 'line';
	}
	const isLink = () => /^https?:\/\//i.test(link.url);
	const what = kind();
	const tryAfter = now + MINUTE * retryMinutes;

	const ended = (why) => ({ state: 'failed', code: String(why), message, finishedAt: now });
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
		line: () => ({ tryAfter, checkedAt, code: String(code), message }),
		// behind the others: where it is this link's alone, they go on in the next run
		account: () => ({ tryAfter, checkedAt, code: String(code ?? 'NOT_SENT'), message }),
		givenUp: () => ended(code),
		refused: () => ended(code ?? (isLink() ? 'NOT_SENT' : 'NOT_A_LINK')),
	};
	const givenUp = what === 'givenUp' ? [...before.givenUp, link.url] : before.givenUp;
	const troubles = before.troubles + (what === 'line' ? 1 : 0);
	const isOver = now > $('Slot').first().json.ends;
	const goesOn = what !== 'account' && troubles < TROUBLES_A_RUN && !isOver;
	const links = troubles === 1 ? 'A link' : `${troubles} links`;
	const problems = {
		line: `${links} could not be submitted, and the rest waits for the next run. The last answer: ${message}`,
		account: `Nothing can be submitted now, and every link waits: ${message}`,
	};
	const problem = goesOn ? '' : (problems[what] ?? '');

	const outcome = (row, changed) => ({
		json: { ...row, lease: row.tryAfter, ...changed, goesOn, troubles, givenUp, problem },
	});
	const place = rows.findIndex(({ id }) => id === link.id);
	const rest = goesOn ? [] : rows.slice(place + 1);
	return [
		outcome(rows[place], changes[what]()),
		...rest.map((row) => outcome(row, { tryAfter: dueAt.get(row.id) ?? 0 })),
	];
}
