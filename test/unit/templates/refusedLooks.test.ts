import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import type { FileSystem } from './codeNode';
import { REFUSALS, refusingOnce, refusingPaths, type FileCall } from './refusingFiles';
import { WatchedFolder } from './watchedFolder';

/** Those by which a look lists, reads and changes files. */
const CALLS: FileCall[] = [
	...(['mkdir', 'readdir', 'lstat', 'open'] as const),
	...(['readFile', 'writeFile', 'unlink', 'utimes'] as const),
];
/** What a look may leave in the output folder, for whoever looks after the watcher. */
const NOTES = ['.folder-watcher', 'folder watcher cannot work.txt'];
const MEMORY = 'restless';

let watched: WatchedFolder;

afterEach(async () => await watched.remove());

/** The folders with a recording, an unfinished text of a dead run and a note of trouble that is over. */
async function prepare(template: string, settings: Record<string, unknown> = {}): Promise<void> {
	watched = await WatchedFolder.make(template, {
		uploadsPerMinute: 0,
		settleSeconds: 0,
		subfolders: true,
		...settings,
	});
	await watched.recording('a.mp3');
	await watched.recording('below/b.mp3');
	const hidden = join(watched.folder, 'output', '.folder-watcher');
	await fs.mkdir(hidden);
	await fs.writeFile(join(hidden, MEMORY), JSON.stringify({ 'c.mp3': 1 }));
	await fs.writeFile(join(hidden, 'dead.txt'), 'what was said');
	await fs.writeFile(join(watched.folder, 'output', NOTES[1]!), 'No\n');
}

const look = async (fileSystem: FileSystem = {}) =>
	await watched.look({ fileSystem: { lstat: fs.lstat, ...fileSystem }, afterRun: true });

/** A look where nothing is refused any more; the lock of one that could not give it back has died. */
async function healedLook() {
	const hidden = join(watched.folder, 'output', '.folder-watcher');
	for (const name of await fs.readdir(hidden).catch(() => [])) {
		if (name.startsWith('look-')) await fs.utimes(join(hidden, name), 1, 1);
	}
	return await look();
}

const files = async (folder: string) =>
	(await fs.readdir(join(watched.folder, folder), { recursive: true })).sort();

describe.each(['folder-watcher', 'folder-watcher-any-provider'])('a look of %s', (template) => {
	it.each(CALLS)(
		'that is refused a call of %s says so or goes on, and the next one finds each recording once',
		async (call) => {
			const seen = { count: 0 };
			await prepare(template);
			await look(refusingOnce({}, call, 0, '', seen));
			await watched.remove();
			for (const code of REFUSALS) {
				for (let nth = 1; nth <= seen.count; nth++) await survives(template, call, nth, code);
			}
			await prepare(template);

			expect(seen.count).toBeGreaterThan(0);
		},
		120_000,
	);

	it('leaves no more than one hidden file where files can be made but not removed', async () => {
		await prepare(template);
		const fileSystem = refusingPaths('unlink', 'EPERM', `input/.`);
		await expect(look(fileSystem)).rejects.toThrow('cannot be changed: EPERM');
		for (let count = 0; count < 3; count++) {
			await look(fileSystem);
			await new Promise((resolve) => setTimeout(resolve, 2));
		}

		expect((await files('input')).filter((name) => name.startsWith('.'))).toHaveLength(1);
		expect((await look())?.rows).toHaveLength(2);
		expect(await files('input')).toEqual(['a.mp3', 'below', 'below/b.mp3']);
	});

	it('writes to nothing that somebody has put in the place of its hidden file', async () => {
		await prepare(template);
		const target = join(watched.folder, 'of somebody else');
		await fs.writeFile(target, 'kept');
		await fs.symlink(target, join(watched.input, '.folder-watcher-probe'));

		expect((await look())?.rows).toHaveLength(2);
		expect(await fs.readFile(target, 'utf8')).toBe('kept');
	});

	it.each(['ENOSPC', 'EROFS'])(
		'hands on what it found where it cannot note that all uploads are taken: %s',
		async (code) => {
			await prepare(template, { maxParallel: 1 });
			const until = Date.now() + 60_000;
			const sending = await watched.rowOf('a.mp3', { state: 'sending', owner: '1.a.1.1', until });
			const job = { state: 'transcribing', job: 'j1', until: 1 };
			const due = await watched.rowOf('below/b.mp3', job);
			const fileSystem = { lstat: fs.lstat, ...refusingPaths('utimes', code) };

			const found = await watched.look({ rows: [sending, due], fileSystem, afterRun: true });

			expect(found?.orders.map(({ as }) => as)).toEqual(['transcribing']);
		},
	);
});

/** One refusal, and the next look without one. */
async function survives(template: string, call: FileCall, nth: number, code: string) {
	const refusal = `${code} at ${call} ${nth}`;
	await prepare(template);
	const said = await look(refusingOnce({}, call, nth, code)).then(
		() => '',
		(error: Error) => error.message,
	);
	expect({ refusal, said }).toEqual({
		refusal,
		said: said && expect.stringContaining(`${code}: refused by the test`),
	});
	const found = await healedLook();

	expect({ refusal, found: found?.rows.map(({ file }) => file).sort() }).toEqual({
		refusal,
		found: ['a.mp3', 'b.mp3'],
	});
	expect({ refusal, orders: found?.orders.length }).toEqual({ refusal, orders: 1 });
	expect({ refusal, input: await files('input') }).toEqual({
		refusal,
		input: ['a.mp3', 'below', 'below/b.mp3'],
	});
	await watched.remove();
}
