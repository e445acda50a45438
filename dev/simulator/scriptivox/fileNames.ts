import type { Fault } from '../shared/faults';
import { ENDPOINTS } from './endpoints';
import {
	ASYNCHRONOUS_CODES,
	SYNCHRONOUS_CODES,
	type AsynchronousCode,
	type SynchronousCode,
} from './errors';

/** The calls that a file's name can make fail. */
export type Step = 'upload' | 'put' | 'transcribe' | 'get';

const STEP_FAULT =
	/(?:(?<kind>reset|html|empty|unknown|lost)|status-(?<status>\d{3}))-on-(?<step>upload|put|transcribe|get)(?:-x(?<times>\d+))?(?![a-z0-9])/g;

/** What goes wrong at one step of a file with this name, and how often (Infinity: always). */
export function faultsNamed(name: string, step: Step): Array<Fault & { times: number }> {
	return [...name.matchAll(STEP_FAULT)].flatMap(({ groups = {} }) => {
		if (groups.step !== step) return [];
		const times = groups.times === undefined ? Infinity : Number(groups.times);
		return [{ endpoint: ENDPOINTS[step], ...faultOf(groups), times }];
	});
}

function faultOf({
	kind = 'status',
	status,
}: Record<string, string | undefined>): Omit<Fault, 'endpoint'> {
	switch (kind) {
		case 'unknown':
			return { kind: 'patch', patch: { status: 'paused' } };
		case 'lost':
			return { kind: 'reset', stage: 'reply' };
		case 'reset':
		case 'html':
		case 'empty':
			return { kind };
		default:
			return {
				kind: 'status',
				status: Number(status),
				headers: status === '429' ? { 'retry-after': '1' } : {},
			};
	}
}

/** The code in `fail-CODE`: the job fails with it. */
export function failureNamed(name: string): AsynchronousCode | null {
	return codeAfter('fail', name, Object.keys(ASYNCHRONOUS_CODES) as AsynchronousCode[]);
}

/** The code in `refuse-CODE`: POST /transcribe is answered with it. */
export function refusalNamed(name: string): SynchronousCode | null {
	return codeAfter('refuse', name, Object.keys(SYNCHRONOUS_CODES) as SynchronousCode[]);
}

function codeAfter<Code extends string>(word: string, name: string, codes: Code[]): Code | null {
	const named = new RegExp(`${word}-([A-Z_]+[A-Z])`).exec(name)?.[1];
	return codes.find((code) => code === named) ?? null;
}

/** The status in `stuck-created`, `stuck-downloading` or `stuck-processing`. */
export function stuckStatusNamed(name: string): 'created' | 'downloading' | 'processing' | null {
	const named = /stuck-(created|downloading|processing)/.exec(name)?.[1];
	return (named as 'created' | 'downloading' | 'processing' | undefined) ?? null;
}

/** `no-webhook`: the job's events are never sent; `bare-webhook`: they carry no result. */
export function webhookNamed(name: string): 'none' | 'bare' | null {
	if (name.includes('no-webhook')) return 'none';
	return name.includes('bare-webhook') ? 'bare' : null;
}
