import * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FileSystem } from './codeNode';
import { runCode } from './codeNode';
import { REFUSALS, refused, refusingOnce } from './refusingFiles';

const TEMPLATES = ['folder-watcher', 'folder-watcher-any-provider'];
const RECORDING = 'the recording';
const TEXT = 'what was said';
const OF_OTHERS = 'of somebody else';
const CALLS = [
	'lstat',
	'link',
	'open',
	'rename',
	'copyFile',
	'unlink',
	'writeFile',
	'mkdir',
] as const;

/** File systems as they are found: what differs from one that has links and is one disk. */
const FILE_SYSTEMS: Record<string, FileSystem> = {
	'with links': {},
	'without links': { link: () => Promise.reject(refused('EPERM', 'link')) },
	'with the input on another disk': { link: acrossDisks(fs.link), rename: acrossDisks(fs.rename) },
	'without links, the input on another disk': {
		link: acrossDisks(() => Promise.reject(refused('EPERM', 'link'))),
		rename: acrossDisks(fs.rename),
	},
};

function acrossDisks(call: (from: string, to: string) => Promise<void>) {
	return async (from: string, to: string) => {
		const isAcross = from.includes('/input/') !== to.includes('/input/');
		return await (isAcross ? Promise.reject(refused('EXDEV', 'link')) : call(from, to));
	};
}

let folder: string;
let settings: Record<string, string>;

beforeEach(async () => {
	folder = await fs.mkdtemp(join(tmpdir(), 'watched-'));
	await prepare();
});

afterEach(async () => await fs.rm(folder, { recursive: true }));

/** A recording that is transcribed, beside files of somebody else that bear its names. */
async function prepare(): Promise<void> {
	settings = { inputFolder: join(folder, 'input') };
	for (const name of ['input', 'output', 'done', 'failed']) {
		await fs.rm(join(folder, name), { recursive: true, force: true });
		await fs.mkdir(join(folder, name));
		settings[`${name}Folder`] = join(folder, name);
	}
	await fs.writeFile(join(folder, 'input', 'talk.mp3'), RECORDING);
	await fs.writeFile(join(folder, 'output', 'talk.txt'), OF_OTHERS);
	await fs.writeFile(join(folder, 'output', 'failed_talk.txt'), OF_OTHERS);
	await fs.writeFile(join(folder, 'done', 'talk.mp3'), OF_OTHERS);
	await fs.writeFile(join(folder, 'failed', 'talk.mp3'), OF_OTHERS);
}

async function rowOf(path: string, errorCode = '') {
	const { ino, size, mtimeNs } = await fs.lstat(path, { bigint: true });
	return { id: 7, path, version: `${ino}:${size}:${mtimeNs}`, errorCode };
}

type Row = Awaited<ReturnType<typeof rowOf>>;

/** What the workflow does for one result: the text is written to a hidden name, then published. */
async function publish(
	template: string,
	{ errorCode, ...row }: Row,
	fileSystem: FileSystem,
): Promise<Record<string, unknown>> {
	await fs.mkdir(join(folder, 'output', '.folder-watcher'), { recursive: true });
	const state = errorCode ? 'refused' : 'transcribing';
	const message = errorCode ? `${errorCode}: What is wrong with it.` : '';
	const watched = { ...row, state, message, job: errorCode ? '' : 'the-job', file: 'talk.mp3' };
	const taken = [{ ...watched, owner: '1.a.1.1', folder: `${join(folder, 'input')}/` }];
	const results = [{ status: 'completed', text: TEXT }];
	const others = { Settings: [settings], 'Take the Files': taken, Results: results };
	// one watcher is given the rows that are still its own, the other the results themselves
	const isAsked = template === 'folder-watcher-any-provider' && !errorCode;
	const input = isAsked ? results : taken;
	const [given] = await runCode(template, 'Next Rows', input, others, fileSystem);
	const { json } = given!;
	return { ...json, problem: `${String(json.path)}: ${String(json.message)}` };
}

/** Every file that is not hidden, with what it holds. */
async function files(): Promise<Record<string, string>> {
	const found = await fs.readdir(folder, { recursive: true, withFileTypes: true });
	const shown = found.filter(
		(each) => each.isFile() && !/\/\./.test(join(each.parentPath, each.name)),
	);
	const paths = shown.map((each) => join(each.parentPath, each.name).slice(folder.length + 1));
	const read = paths
		.sort()
		.map(async (path) => [path, await fs.readFile(join(folder, path), 'utf8')]);
	return Object.fromEntries((await Promise.all(read)) as Array<[string, string]>);
}

const BEFORE = {
	'done/talk.mp3': OF_OTHERS,
	'failed/talk.mp3': OF_OTHERS,
	'input/talk.mp3': RECORDING,
	'output/failed_talk.txt': OF_OTHERS,
	'output/talk.txt': OF_OTHERS,
};

/** Which files hold this. */
function holding(content: string, all: Record<string, string>): string[] {
	return Object.keys(all).filter((path) => all[path] === content);
}

describe.each(TEMPLATES)('publishing a transcript in %s', (template) => {
	it.each(Object.keys(FILE_SYSTEMS))('places text and recording once, %s', async (kind) => {
		const row = await rowOf(join(folder, 'input', 'talk.mp3'));

		const json = await publish(template, row, FILE_SYSTEMS[kind]!);

		expect(json).toMatchObject({ state: 'done' });
		const { 'input/talk.mp3': moved, ...others } = BEFORE;
		expect(await files()).toEqual({
			...others,
			'done/talk_2.mp3': moved,
			'output/talk_2.txt': TEXT,
		});
	});

	it('notes a failure, and moves its recording aside', async () => {
		const row = await rowOf(join(folder, 'input', 'talk.mp3'), 'FILE_EMPTY');

		expect(await publish(template, row, {})).toMatchObject({ state: 'failed' });
		expect(await files()).toMatchObject({
			'failed/talk_2.mp3': RECORDING,
			'output/failed_talk_2.txt': expect.stringMatching(
				/^what was said$|^File: talk.mp3\nCode: FILE_EMPTY\n/,
			),
		});
	});
});

describe('a file system that refuses', () => {
	// the other watcher publishes by the same code
	const template = 'folder-watcher';

	it.each(Object.keys(FILE_SYSTEMS))(
		'loses and overwrites nothing and leaves nothing behind, whatever is refused, %s',
		async (kind) => {
			const base = FILE_SYSTEMS[kind]!;
			for (const call of CALLS) {
				const seen = { count: 0 };
				await prepare();
				const whole = await rowOf(join(folder, 'input', 'talk.mp3'));
				await publish(template, whole, refusingOnce(base, call, 0, '', seen));
				const times = seen.count;
				// a file that lstat does not find is gone, which is no refusal: see below
				for (const code of REFUSALS.filter((each) => each !== 'ENOENT' || call !== 'lstat')) {
					for (let nth = 1; nth <= times; nth++) {
						await prepare();
						await survives(
							template,
							`${code} at ${call} ${nth}`,
							refusingOnce(base, call, nth, code),
							base,
						);
					}
				}
			}
		},
		60_000,
	);
});

/** One refusal, and the next round without one. */
async function survives(
	template: string,
	refusal: string,
	fileSystem: FileSystem,
	healed: FileSystem,
): Promise<void> {
	const row = await rowOf(join(folder, 'input', 'talk.mp3'));
	const given = await publish(template, row, fileSystem);
	const between = await files();
	const untouched = Object.fromEntries(
		Object.entries(BEFORE).filter(([path]) => !path.startsWith('input/')),
	);

	expect({ refusal, files: between }).toMatchObject({ refusal, files: untouched });
	expect({ refusal, in: holding(RECORDING, between) }).toEqual({
		refusal,
		in: [expect.any(String)],
	});
	expect({ refusal, empty: holding('', between) }).toEqual({ refusal, empty: [] });
	if (given.state !== 'done') {
		expect(given).toMatchObject({ version: row.version });
		expect(given.problem).toContain(row.path);
		expect(given.problem).toMatch(/\bE[A-Z]+: /);
		await publish(template, row, healed);
	}
	const after = await files();
	expect({ refusal, files: after }).toMatchObject({ refusal, files: untouched });
	expect({ refusal, in: holding(RECORDING, after) }).toEqual({
		refusal,
		in: [expect.stringMatching(/^done\//)],
	});
	expect({ refusal, in: holding(TEXT, after) }).toEqual({
		refusal,
		in: [expect.stringMatching(/^output\//)],
	});
}

describe('a recording that changes while it is moved', () => {
	const template = 'folder-watcher';
	const input = () => join(folder, 'input', 'talk.mp3');

	/** The file system on which something happens as soon as the recording has its new name. */
	function then(base: FileSystem, happen: () => Promise<void>): FileSystem {
		const wrapped = (call: 'link' | 'rename') => async (from: string, to: string) => {
			const place = (base[call] ?? fs[call]) as (from: string, to: string) => Promise<void>;
			await place(from, to);
			if (to.includes('/done/')) await happen();
		};
		return { ...base, link: wrapped('link'), rename: wrapped('rename') };
	}

	it.each(Object.keys(FILE_SYSTEMS))(
		'is kept when another one is put in its place, which stays for the next look, %s',
		async (kind) => {
			const replace = async () => {
				await fs.writeFile(join(folder, 'new'), 'another recording');
				await fs.rename(join(folder, 'new'), input());
			};

			await publish(template, await rowOf(input()), then(FILE_SYSTEMS[kind]!, replace));

			const after = await files();
			expect(after['input/talk.mp3']).toBe('another recording');
			expect(holding(RECORDING, after)).toEqual(['done/talk_2.mp3']);
		},
	);

	it.each(['with links', 'with the input on another disk'])(
		'stays where it is when it is written to, %s',
		async (kind) => {
			const append = async () => await fs.appendFile(input(), ', and more');

			await publish(template, await rowOf(input()), then(FILE_SYSTEMS[kind]!, append));

			const after = await files();
			expect(after['input/talk.mp3']).toBe(`${RECORDING}, and more`);
			expect(Object.keys(after).filter((path) => path.startsWith('done/'))).toEqual([
				'done/talk.mp3',
			]);
		},
	);

	it('stays where it is when it was written to before', async () => {
		const row = await rowOf(input());
		await fs.appendFile(input(), ', and more');

		expect(await publish(template, row, {})).toMatchObject({ state: 'done' });
		expect(await files()).toMatchObject({ 'input/talk.mp3': `${RECORDING}, and more` });
	});

	it('is no obstacle when it is gone', async () => {
		const row = await rowOf(input());
		await fs.unlink(input());

		expect(await publish(template, row, {})).toMatchObject({ state: 'done' });
		expect(await files()).toMatchObject({ 'output/talk_2.txt': TEXT });
	});
});
