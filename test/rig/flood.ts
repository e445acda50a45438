import type { N8nInstance } from '../../dev/n8n/instance';
import { genuineRequest, type HostileRequest, hostileRequests } from './hostileRequests';
import { eachAtOnce } from './published';
import { residentMegabytes } from './residentMemory';
import type { Target } from './webhookTargets';

/** How many requests are under way at once. */
const AT_ONCE = 8;
/** After so many hostile requests comes a genuine one. */
const HOSTILE_BETWEEN = 25;

/** How much n8n's memory may grow by a flood: more than the garbage collector leaves lying about. */
export const MEGABYTES_OF_NOISE = 150;

/** What came of a flood. */
export interface FloodOutcome {
	/** Kinds of attacks that were taken, or met a 5xx that is not n8n's, with their answers; none should be. */
	letIn: Record<string, number[]>;
	/** IDs of the genuine events. */
	genuine: string[];
	/** What they were answered with; each is sent twice, the second time as one who plays it back. */
	genuineAnswers: number[];
	hostile: number;
	/** How each kind of attack was answered: its statuses, and how often each came. */
	answers: Record<string, Record<number, number>>;
	seconds: number;
	/** Resident memory of n8n in megabytes, at each quarter. */
	memory: number[];
}

/**
 * Sends attacks to a webhook, with genuine events in between.
 *
 * @param given the seed of the attacks, and how many there are
 */
export async function flood(
	n8n: N8nInstance,
	target: Target,
	given: { seed: number; count: number },
): Promise<FloodOutcome> {
	const outcome: FloodOutcome = {
		letIn: {},
		genuine: [],
		genuineAnswers: [],
		hostile: 0,
		answers: {},
		seconds: 0,
		memory: [],
	};
	const attacks = hostileRequests(target, given.seed, given.count);
	const started = Date.now();
	const attacker = async (): Promise<void> => {
		for (const attack of attacks) {
			const number = ++outcome.hostile;
			const status = await post(withSuffix(target.url, attack.suffix), attack);
			const answers = (outcome.answers[attack.kind] ??= {});
			answers[status] = (answers[status] ?? 0) + 1;
			if (isLetIn(attack.kind, status)) (outcome.letIn[attack.kind] ??= []).push(status);
			if (number % Math.ceil(given.count / 4) === 0)
				outcome.memory.push(await residentMegabytes(n8n.pid));
			if (number % HOSTILE_BETWEEN !== 0) continue;
			const id = `genuine-${given.seed}-${number}`;
			outcome.genuine.push(id);
			const event = genuineRequest(target, id);
			outcome.genuineAnswers.push(await post(target.url, event), await post(target.url, event));
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, attacker));
	outcome.memory.push(await residentMegabytes(n8n.pid));
	outcome.seconds = (Date.now() - started) / 1000;
	return outcome;
}

/** A URL with a suffix; one with a query gets further members of it. */
function withSuffix(url: string, suffix = ''): string {
	if (!url.includes('?')) return url + suffix;
	if (suffix.startsWith('?')) return `${url}&${suffix.slice(1)}`;
	return url.replace('?', `${suffix}?`);
}

/**
 * Sends genuine events, as many at once as a flood does.
 *
 * @returns how many were answered a second
 * @throws Error where one was not taken
 */
export async function genuineASecond(target: Target, ids: string[]): Promise<number> {
	const started = Date.now();
	await eachAtOnce(ids, AT_ONCE, async (id) => {
		const status = await post(target.url, genuineRequest(target, id));
		if (status !== 200) throw new Error(`A genuine event was answered with ${status}.`);
	});
	return ids.length / ((Date.now() - started) / 1000);
}

/** Kinds that n8n itself answers with 500, before any node sees them: it does not read such a body. */
const UNREAD_BY_N8N = ['a body beyond the limit', 'a bomb', 'compression that is none'];

function isLetIn(kind: string, status: number): boolean {
	return status < 300 || (status >= 500 && !UNREAD_BY_N8N.includes(kind));
}

/** What is answered; 400 where the other side hangs up before it has all, as it may. */
async function post(
	url: string,
	{ headers, body }: Pick<HostileRequest, 'headers' | 'body'>,
): Promise<number> {
	try {
		const response = await fetch(url, { method: 'POST', headers, body });
		await response.arrayBuffer();
		return response.status;
	} catch (error) {
		if (error instanceof TypeError && body.length > 1024 ** 2) return 400;
		throw error;
	}
}
