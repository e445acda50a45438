import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/**
 * The oldest 2.x that all templates can run on, found by trying: older ones lack versions of n8n's own
 * nodes. The registry lacks parts of 2.33.0 and 2.33.1.
 */
export const OLDEST = '2.33.2';

/** The isolated-vm of n8n 1.123 and newer needs it, although n8n itself asks for less. */
const OLDEST_NODE = 22;

/** A version to test, by what it stands for: the first of the candidates that can be installed. */
export interface Choice {
	/** E.g. 'newest 1.x'. */
	what: string;
	candidates: string[];
}

/** Every version of n8n that the registry has, in its order. */
export async function publishedVersions(): Promise<string[]> {
	return await view<string[]>('n8n', 'versions');
}

/**
 * The versions that are tested when nobody names others.
 *
 * @param published all that the registry has
 */
export function choicesFrom(published: string[]): Choice[] {
	return [
		{ what: 'newest 1.x', candidates: newestFirst(published, 1) },
		{ what: 'oldest for the templates', candidates: [OLDEST] },
		{ what: 'newest 2.x', candidates: newestFirst(published, 2) },
	];
}

/** The releases of a major version, without those that are marked as not final. */
function newestFirst(published: string[], major: number): string[] {
	return published
		.filter((version) => new RegExp(`^${major}\\.\\d+\\.\\d+$`).test(version))
		.sort((one, other) => compared(other, one));
}

function compared(one: string, other: string): number {
	const [numbers, others] = [one, other].map((version) => version.split('.').map(Number));
	const differs = numbers!.findIndex((number, index) => number !== others![index]);
	return differs === -1 ? 0 : numbers![differs]! - others![differs]!;
}

/**
 * Whether a version is another one or newer.
 *
 * @param version of three numbers, e.g. '2.0.0', as is `other`
 */
export function isAtLeast(version: string, other: string): boolean {
	return compared(version, other) >= 0;
}

/**
 * The oldest Node.js that a version of n8n runs on: its major version.
 *
 * @param version e.g. '2.0.0'
 * @throws when the version does not say
 */
export async function nodeMajorFor(version: string): Promise<number> {
	const range = await view<string>(`n8n@${version}`, 'engines.node');
	const major = /\d+/.exec(range)?.[0];
	if (major === undefined) throw new Error(`n8n ${version} names no Node.js: ${range}`);
	return Math.max(Number(major), OLDEST_NODE);
}

async function view<Answer>(what: string, field: string): Promise<Answer> {
	const { stdout } = await execute('npm', ['view', what, field, '--json'], {
		maxBuffer: 16 * 1024 * 1024,
		// npm is a .cmd file on Windows, which only a shell can start
		shell: process.platform === 'win32',
	});
	return JSON.parse(stdout) as Answer;
}
