import type { N8nInstance } from '../../../dev/n8n/instance';
import {
	genuineRequest,
	HOSTILE_KINDS,
	type HostileRequest,
	hostileRequests,
} from './hostileRequests';
import { eachAtOnce } from '../workflows/published';
import { heldMegabytes } from '../measuring/heldMemory';
import type { Target } from './webhookTargets';

/** How many requests are under way at once. */
const AT_ONCE = 8;
/** After so many hostile requests comes a genuine one. */
const HOSTILE_BETWEEN = 25;

/** After how many parts of what follows the first attack of each kind the memory is read. */
const QUARTERS = 4;

/** How much more n8n may hold after a flood: what its own caches take. */
export const MEGABYTES_OF_NOISE = 10;

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
	/** What n8n holds in megabytes: once each kind has come, and after each quarter of the rest. */
	memory: number[];
}

/** What a flood consists of. */
export interface FloodGiven {
	/** Of the attacks. */
	seed: number;
	/** How many attacks there are. */
	count: number;
	/** The URL of a Webhook node of n8n's own, which shows what n8n answers by itself. */
	peerUrl: string;
}

/** Sends attacks to a webhook, with genuine events in between. */
export async function flood(
	n8n: N8nInstance,
	target: Target,
	{ seed, count, peerUrl }: FloodGiven,
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
	const attacks = hostileRequests(target, seed, count);
	const started = Date.now();
	const attackUntil = async (last: number): Promise<void> => {
		while (outcome.hostile < last) {
			const number = ++outcome.hostile;
			const attack = attacks.next().value!;
			const answer = await post(withSuffix(target.url, attack.suffix), attack);
			const { status } = answer;
			const answers = (outcome.answers[attack.kind] ??= {});
			answers[status] = (answers[status] ?? 0) + 1;
			if (status < 300 || (status >= 500 && !(await isOfN8n(peerUrl, attack, answer))))
				(outcome.letIn[attack.kind] ??= []).push(status);
			if (number % HOSTILE_BETWEEN !== 0) continue;
			const id = `genuine-${seed}-${number}`;
			outcome.genuine.push(id);
			const event = genuineRequest(target, id);
			for (let times = 0; times < 2; times++) {
				outcome.genuineAnswers.push((await post(target.url, event)).status);
			}
		}
	};
	for (const last of readsOfMemory(count)) {
		await Promise.all(Array.from({ length: AT_ONCE }, async () => await attackUntil(last)));
		// read between calls, as one that is under way is held too
		outcome.memory.push(await heldMegabytes(n8n.pid!));
	}
	outcome.seconds = (Date.now() - started) / 1000;
	return outcome;
}

/** After how many attacks the memory is read: once each kind has come, and after each quarter of the rest. */
function readsOfMemory(count: number): number[] {
	const rest = count - HOSTILE_KINDS.length;
	return Array.from(
		{ length: QUARTERS + 1 },
		(_, quarter) => HOSTILE_KINDS.length + Math.floor((rest * quarter) / QUARTERS),
	);
}

/** How many more megabytes n8n holds after a flood than once each kind had come. */
export function grownBy({ memory: [base, ...later] }: FloodOutcome): number {
	return later.at(-1)! - base!;
}

/** What is answered. */
interface Answer {
	status: number;
	text: string;
}

/** Whether n8n answers an attack by itself, before any node sees it: its own Webhook node answers the same. */
async function isOfN8n(peerUrl: string, attack: HostileRequest, answer: Answer): Promise<boolean> {
	return saidBy(await post(peerUrl, attack)) === saidBy(answer);
}

/** Status and message of an answer; n8n adds a stack to it, which has the path of its files. */
function saidBy({ status, text }: Answer): string {
	const message = /"message":"[^"]*"/.exec(text)?.[0];
	return `${status} ${message ?? text}`;
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
		const { status } = await post(target.url, genuineRequest(target, id));
		if (status !== 200) throw new Error(`A genuine event was answered with ${status}.`);
	});
	return ids.length / ((Date.now() - started) / 1000);
}

/** What is answered; 400 where the other side hangs up before it has all, as it may. */
async function post(
	url: string,
	{ headers, body }: Pick<HostileRequest, 'headers' | 'body'>,
): Promise<Answer> {
	try {
		const response = await fetch(url, { method: 'POST', headers, body });
		return { status: response.status, text: await response.text() };
	} catch (error) {
		if (error instanceof TypeError && body.length > 1024 ** 2) return { status: 400, text: '' };
		throw error;
	}
}
