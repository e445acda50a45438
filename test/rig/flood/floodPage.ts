import { markdownTable } from '../../../dev/markdown';
import { type FloodOutcome, grownBy, MEGABYTES_OF_NOISE } from './flood';
import type { Due } from './floodDoors';
import { HOSTILE_KINDS } from './hostileRequests';

/** What came of a flood at one door. */
export interface FloodedDoor {
	name: string;
	seed: number;
	outcome: FloodOutcome;
	/** Genuine events that were answered a second, before the flood. */
	genuineASecond: number;
	/** What the flood caused, as its door counts it. */
	happened: number;
	/** How much of that genuine events account for. */
	due: Due;
}

/** What went wrong at a door, a line for each; none should. */
export function wrongWith({ name, outcome, happened, due }: FloodedDoor): string[] {
	const { letIn, genuineAnswers, answers } = outcome;
	const refused = genuineAnswers.filter((status) => status !== 200).length;
	const unsent = HOSTILE_KINDS.filter((kind) => !answers[kind]);
	const grown = grownBy(outcome);
	return [
		...Object.entries(letIn).map(([kind, statuses]) => `${name}: ${kind}: ${statuses.join(', ')}`),
		...(refused > 0 ? [`${name}: ${refused} genuine events were not taken.`] : []),
		...(happened < due.least || happened > due.most
			? [`${name}: ${happened} executions or looks, not ${rangeOf(due)}.`]
			: []),
		...(unsent.length > 0 ? [`${name}: not sent: ${unsent.join(', ')}.`] : []),
		...(grown > MEGABYTES_OF_NOISE ? [`${name}: ${Math.round(grown)} MB more are held.`] : []),
	];
}

function rangeOf({ least, most }: Due): string {
	return least === most ? String(most) : `${least} to ${most}`;
}

/** The page docs/flood.md. */
export function pageOf(doors: FloodedDoor[]): string {
	const total = doors.reduce((sum, { outcome }) => sum + outcome.hostile, 0);
	const wrong = doors.flatMap(wrongWith);
	return `# A flood of hostile webhooks

\`npm run flood\` wrote this page. It sends hostile requests of ${HOSTILE_KINDS.length} kinds to a real n8n with its earlier expression engine, eight at a time, and genuine events in between. Each genuine event is sent twice, the second time as somebody who plays it back. The seeds are ${doors.map(({ seed }) => seed).join(', ')}.

**${total.toLocaleString('en')} hostile requests: ${wrong.length === 0 ? 'none started anything, none met a 5xx of the pack, and every genuine event was taken.' : wrong.join(' ')}**

## At each URL

${markdownTable(
	['', ...doors.map(({ name }) => name)],
	[
		['hostile requests', ...doors.map(({ outcome }) => String(outcome.hostile))],
		['genuine calls', ...doors.map(({ outcome }) => String(outcome.genuineAnswers.length))],
		[
			'executions started (Dropbox: looks into the folder; parked: executions resumed)',
			...doors.map(({ happened }) => String(happened)),
		],
		['so many are due to genuine calls', ...doors.map(({ due }) => rangeOf(due))],
		[
			'hostile requests a second, large bodies and genuine calls included',
			...doors.map(({ outcome }) => (outcome.hostile / outcome.seconds).toFixed(0)),
		],
		['genuine events a second, alone', ...doors.map((each) => each.genuineASecond.toFixed(0))],
		[
			'memory that n8n holds (what a garbage collection leaves) once each kind has come, and after each quarter of the rest, MB',
			...doors.map(({ outcome }) => outcome.memory.map(Math.round).join(', ')),
		],
	],
)}

## How each kind was answered

All URLs together. n8n itself answers a body that it cannot unpack or that is beyond 16 MB with 500, before any node sees it; its own Webhook node, which is sent the same, is answered so too.

${markdownTable(['kind', 'requests', 'answers'], kindsOf(doors))}
`;
}

function kindsOf(doors: FloodedDoor[]): string[][] {
	const sums: Record<string, Record<string, number>> = {};
	for (const { outcome } of doors) {
		for (const [kind, answers] of Object.entries(outcome.answers)) {
			const ofKind = (sums[kind] ??= {});
			for (const [status, count] of Object.entries(answers)) {
				ofKind[status] = (ofKind[status] ?? 0) + count;
			}
		}
	}
	return Object.entries(sums)
		.sort(([one], [other]) => one.localeCompare(other))
		.map(([kind, answers]) => [
			kind,
			String(Object.values(answers).reduce((sum, count) => sum + count, 0)),
			Object.entries(answers)
				.map(([status, count]) => `${count} × ${status}`)
				.join(', '),
		]);
}
