import type { Fault } from '../../../dev/simulator/shared/faults';
import { between, pick, randomOf, shuffled } from '../basics/seededNumbers';

/** What befalls n8n's queue mode; each comes once in a schedule. */
export const FAULT_KINDS = [
	'worker killed',
	'webhook process killed',
	'main killed',
	'PostgreSQL killed',
	'Redis away for 4 s',
	'Redis away for 20 s',
	'worker stopped during long uploads',
	'disk full',
	'clock of the signatures wrong',
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

/** A fault, and what comes before it. */
export interface PlannedFault {
	kind: FaultKind;
	/** How many recordings are dropped before it. */
	files: number;
	/** From then on until it happens. */
	delaySeconds: number;
	/** How long it lasts; what is killed is only killed, and started again by its restart policy. */
	seconds: number;
	/** From its end until the next recordings are dropped. */
	pauseSeconds: number;
	/** Which of several processes of a kind it hits. */
	process: number;
}

/** Calls that go wrong now and then, as the simulator names them. */
export interface FaultyCalls {
	/** Connections that break off. */
	reset: readonly string[];
	/** Answers that are errors. */
	refused: readonly string[];
	/** Errors, and as often work that is done while its answer breaks off; none when left out. */
	lost?: readonly string[];
}

/** All that goes wrong for one seed. */
export interface FaultSchedule {
	/** In the order in which they happen. */
	faults: PlannedFault[];
	/** What the provider answers, for the simulator. */
	replies: Fault[];
	/** How far the clock is off while it is. */
	clockOffsetSeconds: number;
}

const SECONDS: Partial<Record<FaultKind, number>> = {
	'Redis away for 4 s': 4,
	'Redis away for 20 s': 20,
	'disk full': 12,
	'clock of the signatures wrong': 12,
};
const PROCESSES = 2;
const TEN_MINUTES = 600;
const SHARE = 0.05;
/** Far more than a run of so many files makes of any call. */
const CALLS_A_FILE = 20;
const STATUSES = [500, 502, 503, 429];

/**
 * What goes wrong for a seed: every kind of fault once, in an order and at moments that the seed draws; 5 %
 * of the calls break off, before or after their work, or are answered with 500, 502, 503 or 429.
 *
 * @param files how many recordings there are; they are shared out among the faults
 * @param calls which break off, and which are answered so
 * @param wanted the kinds of faults, all unless told
 */
export function faultSchedule(
	seed: number,
	files: number,
	calls: FaultyCalls,
	wanted: readonly FaultKind[] = FAULT_KINDS,
): FaultSchedule {
	const random = randomOf(seed);
	const kinds = shuffled(random, wanted);
	const faults = kinds.map((kind, index) => ({
		kind,
		files: shareOf(files, index, kinds.length),
		delaySeconds: between(random, 0.5, 4),
		seconds: SECONDS[kind] ?? 0,
		pauseSeconds: between(random, 1, 6),
		process: Math.floor(random() * PROCESSES),
	}));
	const clockOffsetSeconds = pick(random, [-TEN_MINUTES, TEN_MINUTES]);
	const most = files * CALLS_A_FILE;
	const resets = calls.reset.flatMap((endpoint) =>
		spread(random, most, () => ({ endpoint, kind: 'reset' })),
	);
	const refusals = calls.refused.flatMap((endpoint) =>
		spread(random, most, () => refusal(random, endpoint)),
	);
	const losses = (calls.lost ?? []).flatMap((endpoint) =>
		spread(random, most, () => (random() < 0.5 ? refusal(random, endpoint) : lostReply(endpoint))),
	);
	return { faults, replies: [...resets, ...refusals, ...losses], clockOffsetSeconds };
}

/** Of so many things the part of one of `parts`: together they are all. */
function shareOf(all: number, part: number, parts: number): number {
	return Math.floor((all * (part + 1)) / parts) - Math.floor((all * part) / parts);
}

/** Faults of one call, at random distances that make them 5 % of so many calls. */
function spread(random: () => number, calls: number, make: () => Fault): Fault[] {
	const faults: Fault[] = [];
	for (let call = 0; call < calls;) {
		const after = Math.floor(Math.log(1 - random()) / Math.log(1 - SHARE));
		faults.push({ ...make(), after });
		call += after + 1;
	}
	return faults;
}

function lostReply(endpoint: string): Fault {
	return { endpoint, kind: 'reset', stage: 'reply' };
}

function refusal(random: () => number, endpoint: string): Fault {
	const status = pick(random, STATUSES);
	const headers: Record<string, string> = status === 429 ? { 'retry-after': '1' } : {};
	return { endpoint, kind: 'status', status, headers };
}
