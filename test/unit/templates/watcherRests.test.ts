import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import { WatchedFolder } from './watchedFolder';

let watched: WatchedFolder;
/** The file whose time says until when looks by the clock rest. */
let busy: string;

beforeEach(async () => {
	watched = await WatchedFolder.make('folder-watcher', { uploadsPerMinute: 0 });
	busy = join(watched.folder, 'output', '.folder-watcher', 'busy');
	await watched.recording('a.mp3');
	await fs.utimes(join(watched.input, 'a.mp3'), 1, 1);
});

afterEach(async () => await watched.remove());

/** Seconds from now until looks by the clock are worth their work again. */
async function restSeconds(): Promise<number> {
	return ((await fs.stat(busy)).mtimeMs - Date.now()) / 1000;
}

describe('the rest after a look', () => {
	it.each([
		['that has found files', true],
		['that has found none', false],
	])('lasts nine times as long as a look took %s', async (_which, hasFound) => {
		const before = Date.now();
		await watched.look({ tookSeconds: 0.5, stillSeconds: hasFound ? 3600 : 0 });
		const { mtimeMs } = await fs.stat(busy);

		expect(mtimeMs).toBeGreaterThanOrEqual(before + 4500);
		expect(mtimeMs).toBeLessThanOrEqual(before + 10 * (Date.now() - before) + 4501);
	});

	it('keeps looks by the clock away, and not those of runs', async () => {
		await watched.look({ tookSeconds: 1 });

		expect(await watched.look()).toBeUndefined();
		expect((await watched.look({ afterRun: true }))?.rows).toHaveLength(1);
		await fs.utimes(busy, 1, 1);
		expect((await watched.look())?.rows).toHaveLength(1);
	});

	it('is over after nine seconds, however long a look took', async () => {
		await watched.look({ tookSeconds: 50 });

		expect(await restSeconds()).toBeLessThanOrEqual(9);
		expect(await watched.look()).toBeUndefined();
	});

	it('does not end the rest earlier that a look has begun which found no upload free', async () => {
		const owner = '1.9zzzzz.1.10';
		const sending = { state: 'sending', owner, until: Date.now() + 60_000 };
		const rows = [await watched.rowOf('b.mp3', sending)];
		await watched.look({ rows, tookSeconds: 0.1 });

		expect(await restSeconds()).toBeGreaterThan(2);
	});

	it('is left out on a full disk, and what the look has found is worked on', async () => {
		const utimes = async () => {
			throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
		};
		const found = await watched.look({ tookSeconds: 1, fileSystem: { utimes } });

		expect(found?.orders).toHaveLength(1);
		expect((await watched.look())?.rows).toHaveLength(1);
	});
});
