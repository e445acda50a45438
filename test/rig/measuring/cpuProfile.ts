import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { writtenOnSignal } from './writtenOnSignal';

const BEGINNING_MILLISECONDS = 500;
/** No work: where n8n waits, and where the profiler itself works. */
const NO_WORK = /^(?:\(idle\) |post node:inspector)/;

/** A part of a program, by what the place or the name of its functions contains. */
export type Parts = Record<string, RegExp>;

interface ProfileNode {
	id: number;
	callFrame: { functionName: string; url: string };
	children?: number[];
}

interface Profile {
	nodes: ProfileNode[];
	samples: number[];
	timeDeltas: number[];
}

/** Where the CPU of an n8n goes, as V8's own profiler samples it; on systems that have signals. */
export class CpuProfile {
	private readonly file: string;

	/** @param folder for the profile, absolute */
	constructor(folder: string) {
		this.file = join(folder, 'n8n.cpuprofile');
	}

	/** The environment with which n8n can be profiled. */
	get environment(): Record<string, string> {
		return {
			NODE_OPTIONS: `--require "${join(__dirname, 'profiler.cjs')}"`,
			CPU_PROFILE: this.file,
		};
	}

	/**
	 * Profiles an n8n while something goes on.
	 *
	 * @returns the share of each part in what it worked, 0 to 1, the largest first; the rest as `other`
	 */
	async sharesDuring(
		pid: number,
		parts: Parts,
		work: () => Promise<unknown>,
	): Promise<Array<[string, number]>> {
		process.kill(pid, 'SIGUSR2');
		await sleep(BEGINNING_MILLISECONDS);
		await work();
		const profile = await writtenOnSignal(pid, this.file, 'The profile is written');
		return sharesOf(JSON.parse(profile) as Profile, parts);
	}
}

/** Each sample belongs to the part of the innermost of its callers that is of one. */
export function sharesOf(profile: Profile, parts: Parts): Array<[string, number]> {
	const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
	const parents = new Map(
		profile.nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)),
	);
	const partOf = (id: number | undefined): string => {
		const node = id === undefined ? undefined : nodes.get(id);
		if (!node) return 'other';
		const found = Object.entries(parts).find(([, known]) => known.test(nameOf(node)));
		return found?.[0] ?? partOf(parents.get(id!));
	};
	const times = new Map<string, number>();
	let whole = 0;
	for (const [index, id] of profile.samples.entries()) {
		if (NO_WORK.test(nameOf(nodes.get(id)!))) continue;
		const time = profile.timeDeltas[index]!;
		const part = partOf(id);
		times.set(part, (times.get(part) ?? 0) + time);
		whole += time;
	}
	return [...times]
		.map(([part, time]): [string, number] => [part, time / whole])
		.sort(([, first], [, second]) => second - first);
}

function nameOf({ callFrame: { functionName, url } }: ProfileNode): string {
	return `${functionName} ${url}`;
}
