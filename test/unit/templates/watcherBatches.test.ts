import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import { readTemplate } from '../../../dev/templates/template';
import { runCode, type FileSystem, type Given, type Items, type Rows } from './codeNode';
import { type Look, type Row, WatchedFolder } from './watchedFolder';

const template = 'folder-watcher';
const LEASE_MS = 150_000;
const MB = 1024 ** 2;

let watched: WatchedFolder;
let folder: string;
let input: string;
let settings: Record<string, unknown>;
let nextId = 1;

beforeEach(async () => {
	watched = await WatchedFolder.make(template, {
		align: true,
		webhookUrl: '',
		uploadsPerMinute: 0,
		transcribesPerMinute: 0,
	});
	({ folder, input, settings } = watched);
});

afterEach(async () => await watched.remove());

const recording = async (name: string, bytes?: number) => await watched.recording(name, bytes);
const factsOf = async (path: string) => await watched.factsOf(path);
const rowOf = async (name: string, more: Row) => await watched.rowOf(name, more);
const look = async (given?: Look) => await watched.look(given);

describe('which files a look takes', () => {
	it('takes what lies still for as long as the setting says, in one look', async () => {
		await recording('a.mp3');
		await fs.utimes(join(input, 'a.mp3'), 1, 1);

		expect((await look({ stillSeconds: 59 }))?.rows).toEqual([]);
		expect((await look({ stillSeconds: 61 }))?.rows).toMatchObject([
			{ file: 'a.mp3', state: 'sending', folder: input, attempts: 0, job: '' },
		]);
	});

	it.each([
		['a modification time in the future', 4_000_000_000, 61, ['a.mp3']],
		['one of long ago, and a change just now', 1, 0, []],
		['one of long ago, and a change a minute ago', 1, 60, ['a.mp3']],
		['one in the future, and a change just now', 4_000_000_000, 1, []],
	])('judges by %s', async (_what, mtime, stillSeconds, taken) => {
		await recording('a.mp3');
		await fs.utimes(join(input, 'a.mp3'), mtime, mtime);

		expect((await look({ stillSeconds }))?.rows.map(({ file }) => file)).toEqual(taken);
	});

	it.each([
		[false, ['a.mp3']],
		[true, ['a.mp3', 'b.mp3', 'c.mp3']],
	])('looks into the folders within, where it is to: %s', async (subfolders, taken) => {
		for (const name of ['a.mp3', 'calls/b.mp3', 'calls/may/c.mp3', '.trash/d.mp3']) {
			await recording(name);
			await fs.utimes(join(input, name), 1, 1);
		}
		settings.subfolders = subfolders;

		expect((await look())?.rows.map(({ file }) => file).sort()).toEqual(taken);
	});

	it('takes nothing of the folders that it fills, where they lie within', async () => {
		settings.subfolders = true;
		for (const name of ['output', 'done', 'failed']) {
			settings[`${name}Folder`] = `${join(input, name)}/./`;
			await recording(`${name}/talk.mp3`);
			await fs.utimes(join(input, name, 'talk.mp3'), 1, 1);
		}

		expect((await look())?.rows).toEqual([]);
	});
});

describe('how a look puts files together', () => {
	async function files(count: number, bytes: number, name: string): Promise<void> {
		for (let number = 0; number < count; number++) {
			await recording(`${name}${number}.mp3`, bytes);
			await fs.utimes(join(input, `${name}${number}.mp3`), 1, 1);
		}
	}

	it('sends small files in one run, and large ones alone', async () => {
		await files(20, 1000, 'small');
		await files(3, 20 * MB, 'large');

		const { rows, orders } = (await look())!;

		const runs = new Map<unknown, string[]>();
		for (const { owner, file } of rows) {
			runs.set(owner, [...(runs.get(owner) ?? []), String(file)]);
		}
		expect([...runs.values()].map(({ length }) => length).sort((a, b) => a - b)).toEqual([
			1, 1, 1, 20,
		]);
		expect(orders.map(({ token }) => token).sort()).toEqual([...runs.keys()].sort());
		const uploads = orders.reduce((sum, { parallel }) => sum + Number(parallel), 0);
		expect(uploads).toBe(10);
	});

	it.each([1, 3, 10])('never makes more uploads than %i at once', async (maxParallel) => {
		settings.maxParallel = maxParallel;
		await files(12, 20 * MB, 'large');
		await files(12, 1000, 'small');
		let rows: Rows = [];
		for (let looks = 0; looks < 3; looks++) {
			const given = (await look({ rows, afterRun: true }))!;
			rows = [...rows, ...given.rows.map((row) => ({ id: nextId++, ...row }))];
		}
		const owners = new Set(rows.map(({ owner }) => String(owner)));
		const uploads = [...owners].map((owner) => Number(owner.split('.').at(-1)));

		expect(uploads.reduce((sum, each) => sum + each, 0)).toBe(maxParallel);
	});

	it('has the next run begin once the files of one are sent, before their jobs are', async () => {
		await files(60, 1000, 'small');
		const first = (await look())!.rows.map((row) => ({ id: nextId++, ...row }));
		const whileItSends = await look({ rows: first, afterRun: true });
		const sent = first.map((row) => ({ ...row, state: 'uploaded' }));

		const next = (await look({ rows: sent, afterRun: true }))!;

		expect(first).toHaveLength(50);
		expect(whileItSends?.rows).toEqual([]);
		expect(next.rows).toHaveLength(10);
		expect(next.orders.map(({ parallel }) => parallel)).toEqual([10]);
	});

	it('holds no more at once than the limit a minute lets through', async () => {
		settings.uploadsPerMinute = 7;
		await files(20, 1000, 'small');

		const { rows } = (await look())!;
		const again = await look({ rows: rows.map((row) => ({ id: nextId++, ...row })) });

		expect(rows).toHaveLength(7);
		expect(again?.rows).toEqual([]);
	});

	it.each([
		[10 * MB, LEASE_MS],
		[20 * MB, 60_000 + (20 * MB * 8) / 1000],
		[1000 * MB, 60_000 + (1000 * MB * 8) / 1000],
	])('gives %i bytes as long as they need on a slow line', async (bytes, leaseMs) => {
		await files(1, bytes, 'one');

		const before = Date.now();
		const [row] = (await look())!.rows;

		expect(Number(row!.until) - before).toBeGreaterThanOrEqual(Math.floor(leaseMs));
		expect(Number(row!.until) - before).toBeLessThan(leaseMs + 5000);
	});
});

it('names no row by an ID that PostgreSQL does not know', async () => {
	for (const name of ['a.mp3', 'b.amr']) {
		await recording(name);
		await fs.utimes(join(input, name), 1, 1);
	}

	const { orders } = (await look())!;

	expect(orders.map(({ as }) => as)).toEqual(['sending', 'refused']);
	expect(Math.max(...orders.map(({ lastId }) => Number(lastId)))).toBe(2 ** 31 - 1);

	const { nodes } = await readTemplate(template);
	const conditions = nodes.flatMap(
		({ parameters }) => Object(parameters.filters).conditions ?? [],
	) as Array<{ keyName: string; keyValue: string }>;
	const ofIds = conditions.filter(({ keyName }) => keyName === 'id');
	const numbers = ofIds.flatMap(({ keyValue }) => String(keyValue).match(/[\de]+(?= }})/g) ?? []);
	expect(Math.max(...numbers.map(Number))).toBe(2 ** 31 - 1);
});

describe('what a look takes up again', () => {
	const past = () => Date.now() - 1000;
	const ahead = () => Date.now() + 60_000;
	const ordersFor = async (...rows: Rows) => (await look({ rows }))!.orders;

	it.each([
		['was being sent', 'sending', '7.a.1.1', 'sending'],
		['waited for the line', 'waiting', '', 'sending'],
		['was uploaded, not started', 'uploaded', '7.a.1.1+', 'uploaded'],
		['is to be asked for', 'transcribing', '', 'transcribing'],
		['was being asked for', 'transcribing', '7.a.1.1++', 'transcribing'],
		['was told by a webhook', 'ended', '7.webhook.1', 'transcribing'],
		['had its subtitles fetched', 'completed', '7.a.1.1+++', 'transcribing'],
		['was to get its note', 'refused', '', 'refused'],
	])('orders a run for what %s, once its time is up', async (_what, state, owner, as) => {
		const row = await rowOf('a.mp3', { state, owner, until: past(), job: 'job' });

		const [order, ...others] = await ordersFor(row);

		expect(order).toMatchObject({ from: owner, state, as, firstId: row.id, lastId: row.id });
		expect(Number(order!.until)).toBeGreaterThan(Date.now() + LEASE_MS - 5000);
		expect(others).toEqual([]);
		expect(await ordersFor({ ...row, until: ahead() })).toEqual([]);
	});

	it('drops what a run had replaced when it was killed', async () => {
		const old = await rowOf('a.mp3', { state: 'sending', owner: '7.a.1.1', until: past() });
		const next = await rowOf('a.mp3', { state: 'uploaded', owner: '7.a.1.1+', until: ahead() });

		expect(await ordersFor(old, next)).toMatchObject([
			{ from: '7.a.1.1', as: 'dropped', firstId: old.id, lastId: old.id },
		]);
	});

	it('drops an upload whose file has changed, which is found anew', async () => {
		const row = await rowOf('a.mp3', { state: 'uploaded', owner: '', until: past() });
		await fs.writeFile(join(input, 'a.mp3'), 'another recording');

		expect(await ordersFor(row)).toMatchObject([{ as: 'dropped', firstId: row.id }]);
	});

	it('asks for the longest unasked, as many in half a minute as the limit allows', async () => {
		settings.pollsPerMinute = 10;
		const rows = [];
		for (let number = 0; number < 8; number++) {
			const until = past() - 1000 * number;
			rows.push(await rowOf(`${number}.mp3`, { state: 'transcribing', job: `${number}`, until }));
		}

		const [order] = await ordersFor(...rows);

		expect(order!.before).toBe(rows[3]!.until);
	});

	it('asks for no more while others are being asked for', async () => {
		settings.pollsPerMinute = 4;
		const asked = { state: 'transcribing', owner: '7.a.1.1', until: ahead() };
		const rows = [await rowOf('1.mp3', asked), await rowOf('2.mp3', asked)];

		expect(
			await ordersFor(...rows, await rowOf('3.mp3', { state: 'transcribing', until: past() })),
		).toEqual([]);
	});
});

describe('a look while all uploads are taken', () => {
	it('is not worth its work by the clock, but at the end of a run', async () => {
		settings.maxParallel = 1;
		const sending = { state: 'sending', owner: '7.a.1.1', until: Date.now() + 60_000 };
		await look({ rows: [await rowOf('a.mp3', sending)] });

		expect(await look()).toBeUndefined();
		expect(await look({ afterRun: true })).toBeDefined();
	});
});

describe('two looks at a time', () => {
	it('do not happen: the second ends at once', async () => {
		const others = { Settings: [settings] };
		const [first] = await runCode(template, 'Take the Look', [{}], others);

		expect(await runCode(template, 'Take the Look', [{}], others)).toEqual([]);

		const took = { ...first!.json, begun: Infinity };
		await runCode(template, 'End the Look', [], { ...others, 'Take the Look': [took] });
		expect(await runCode(template, 'Take the Look', [{}], others)).toHaveLength(1);
	});

	it('begin once, however many want to', async () => {
		const others = { Settings: [settings] };
		const begun = await Promise.all(
			Array.from(
				{ length: 20 },
				async () => await runCode(template, 'Take the Look', [{}], others),
			),
		);

		expect(begun.flat()).toHaveLength(1);
	});

	it('are not kept from beginning by one that found the disk full', async () => {
		const others = { Settings: [settings] };
		const full = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
		const opened: fs.FileHandle[] = [];
		const open = async (path: string, flags: string) => {
			const handle = await fs.open(path, flags);
			opened.push(handle);
			handle.writeFile = () => Promise.reject(full);
			return handle;
		};

		await expect(runCode(template, 'Take the Look', [{}], others, { open })).rejects.toThrow(
			/ENOSPC/,
		);

		expect(opened.map(({ fd }) => fd)).toEqual([-1]);
		expect(await runCode(template, 'Take the Look', [{}], others)).toHaveLength(1);
	});

	it('may be taken over once one has died', async () => {
		const others = { Settings: [settings] };
		const [dead] = await runCode(template, 'Take the Look', [{}], others);
		const lock = String(dead!.json.lock);
		await fs.utimes(lock, Date.now() / 1000 - 61, Date.now() / 1000 - 61);

		const [next] = await runCode(template, 'Take the Look', [{}], others);
		// what comes back to life late takes nothing from its successor
		const took = { ...dead!.json, begun: Infinity };
		await runCode(template, 'End the Look', [], { ...others, 'Take the Look': [took] });

		expect(next!.json.lock).not.toBe(lock);
		expect(await runCode(template, 'Take the Look', [{}], others)).toEqual([]);
	});

	it.each(['', '/', '//', '/.', '/./'])(
		'are of one folder, written with %p at its end',
		async (end) => {
			settings.inputFolder = join(folder, '/./input').replace('/input', `/./input${end}`);
			const [begun] = await runCode(template, 'Take the Look', [{}], { Settings: [settings] });

			expect(begun!.json.folder).toBe(input);
		},
	);
});

describe('what keeps a look from working', () => {
	it('is told where the Code nodes see another disk than n8n', async () => {
		await recording('a.mp3');

		await expect(look({ disk: { error: 'No file(s) found' } })).rejects.toThrow(
			'The Code nodes see another disk than n8n',
		);
		expect(await look()).toBeDefined();
	});

	it.each(['EROFS', 'EACCES', 'EPERM'])(
		'is said once where the input folder cannot be changed (%s), before anything is paid',
		async (code) => {
			await recording('a.mp3');
			await fs.utimes(join(input, 'a.mp3'), 1, 1);
			const writeFile = (path: string, ...others: [string]) =>
				path.startsWith(input)
					? Promise.reject(Object.assign(new Error(`${code}: read-only`), { code }))
					: fs.writeFile(path, ...others);
			const fileSystem = { writeFile } as FileSystem;

			await expect(look({ fileSystem })).rejects.toThrow(`cannot be changed: ${code}`);
			expect(await look({ fileSystem })).toEqual({ rows: [], orders: [] });
			expect(await fs.readdir(join(folder, 'output'))).toEqual([
				'.folder-watcher',
				'folder watcher cannot work.txt',
			]);
			expect(await fs.readdir(join(folder, 'done'))).toEqual([]);

			expect((await look())?.rows).toHaveLength(1);
			expect(await fs.readdir(join(folder, 'output'))).toEqual(['.folder-watcher']);
			expect(await fs.readdir(input)).toEqual(['a.mp3']);
		},
	);
});

describe('what has not got on for hours', () => {
	const HOUR = 3_600_000;
	const ago = (hours: number) => Date.now() - hours * HOUR;
	const told = async () =>
		await fs
			.readFile(join(folder, 'output', 'folder watcher is waiting.txt'), 'utf8')
			.catch(() => undefined);
	const later = { owner: '', until: Date.now() + HOUR };
	const jobSince = async (hours: number, more: Row = {}) => {
		const since = new Date(ago(hours)).toISOString();
		return await rowOf('a.mp3', { ...later, state: 'transcribing', job: 'j1', since, ...more });
	};
	const waitingSince = async (hours: number) => {
		const message = 'ZERO_BALANCE: Balance is empty';
		return await rowOf('b.mp3', { ...later, state: 'waiting', message, waitsSince: ago(hours) });
	};

	it('is told by a note, each with since when and why, and no longer than it lasts', async () => {
		const rows = [await jobSince(6.1), await waitingSince(7)];

		await look({ rows });
		const lines = (await told())!.split('\n');
		expect(lines).toEqual([
			`${input}a.mp3: the job j1 has not ended since ${String(rows[0]!.since)}`,
			expect.stringMatching(
				/b\.mp3: it could not be sent since 2.{22}Z: ZERO_BALANCE: Balance is empty$/,
			),
			'',
		]);

		await look({ rows: [rows[0]!] });
		expect(await told()).toBe(`${lines[0]}\n`);
		await look({ rows: [] });
		expect(await told()).toBeUndefined();
	});

	it('is nothing while it takes no longer than it may', async () => {
		await look({ rows: [await jobSince(5.9), await waitingSince(5.9)] });

		expect(await told()).toBeUndefined();
	});

	it('says why a paid transcript cannot be written, on one line for each name', async () => {
		await look({
			rows: [await jobSince(9, { path: `${input}two\nlines.mp3`, message: 'ENOSPC' })],
		});

		expect(await told()).toMatch(
			/two\\nlines\.mp3: the job j1 has not ended since [^\n]*Z: ENOSPC\n$/,
		);
	});

	it('tells of a file that is written to for hours, however often one looks', async () => {
		const memory = join(folder, 'output', '.folder-watcher', 'restless');
		await recording('endless.mp3');
		await fs.utimes(join(input, 'endless.mp3'), 1, 1);
		await look({ stillSeconds: 0 });
		expect(await told()).toBeUndefined();
		const since = JSON.parse(await fs.readFile(memory, 'utf8')) as Record<string, number>;
		expect(Object.keys(since)).toEqual([`${input}endless.mp3`]);

		await fs.writeFile(memory, JSON.stringify({ [`${input}endless.mp3`]: ago(6.1) }));
		for (let times = 0; times < 2; times += 1) {
			expect((await look({ stillSeconds: 0 }))?.rows).toEqual([]);
			expect(await told()).toMatch(/endless\.mp3: it has not been still since 2.{22}Z\n$/);
		}

		expect((await look({ stillSeconds: 61 }))?.rows).toHaveLength(1);
		expect(await told()).toBeUndefined();
		expect(await fs.readdir(join(folder, 'output', '.folder-watcher'))).not.toContain('restless');
	});

	it('begins anew where n8n was killed while it wrote down since when', async () => {
		await recording('a.mp3');
		await look({ stillSeconds: 0 });
		await fs.writeFile(join(folder, 'output', '.folder-watcher', 'restless'), '{"/in');

		expect((await look({ stillSeconds: 0 }))?.rows).toEqual([]);
		expect(await told()).toBeUndefined();
	});
});

describe('the table of version 0.1.0', () => {
	const old = async (name: string, more: Row): Promise<Row> => {
		const { path, version, changedAt } = await recording(name);
		await fs.utimes(join(input, name), 1, 1);
		const facts = await factsOf(join(input, name));
		return {
			id: 1,
			path,
			version: facts.version ?? version,
			changedAt,
			idempotencyKey: name,
			...more,
		};
	};
	const adopt = async (...oldRows: Rows) => (await look({ oldRows }))!.rows;

	it('has its paid jobs fetched', async () => {
		const row = await old('a.mp3', { state: 'submitted', transcriptionId: 'paid' });

		const [adopted] = (await adopt(row)).filter(({ job }) => job);

		expect(adopted).toMatchObject({ file: 'a.mp3', state: 'transcribing', job: 'paid', owner: '' });
		expect(Number(adopted!.until)).toBeLessThanOrEqual(Date.now());
	});

	it('has none of its files sent a second time, as a new one', async () => {
		const row = await old('a.mp3', { state: 'submitted', transcriptionId: 'paid' });

		expect(await adopt(row)).toMatchObject([{ job: 'paid', state: 'transcribing' }]);
	});

	it('is read once, also where its row has no key', async () => {
		const row = await old('a.mp3', {
			state: 'rejected',
			errorCode: 'FILE_EMPTY',
			idempotencyKey: null,
		});
		const [adopted] = (await look({ oldRows: [row] }))!.rows;
		await fs.unlink(join(input, 'a.mp3'));
		const ended = { ...adopted, id: 1, state: 'failed', until: 8.64e15, endedAt: 8.64e15 };

		expect(adopted).toMatchObject({ state: 'refused' });
		expect((await look({ rows: [ended], oldRows: [row] }))!.rows).toEqual([]);
	});

	it('has its uploads started under their key', async () => {
		const begun = { state: 'uploading', uploadId: 'up', request: '{"diarize":true}' };

		const [adopted] = (await adopt(await old('a.mp3', begun))).filter(({ uploadId }) => uploadId);

		expect(adopted).toMatchObject({ state: 'uploaded', uploadId: 'up', key: 'a.mp3' });
		expect(adopted!.request).toBe(begun.request);
	});

	it('has its failures noted', async () => {
		const failed = { state: 'rejected', errorCode: 'FILE_EMPTY', errorMessage: 'It is empty.' };

		const [adopted] = (await adopt(await old('a.mp3', failed))).filter(({ key }) => key);

		expect(adopted).toMatchObject({ state: 'refused', message: 'FILE_EMPTY: It is empty.' });
	});

	it.each([
		['what has ended', { state: 'done', transcriptionId: 'paid' }],
		['what was only found', { state: '' }],
		['what was being sent', { state: 'uploading' }],
	])('is not asked for %s', async (_what, row) => {
		expect((await adopt(await old('a.mp3', row))).filter(({ key }) => key)).toEqual([]);
	});

	it('is read once: what was adopted is known, even when it has ended', async () => {
		const row = await old('a.mp3', { state: 'submitted', transcriptionId: 'paid' });
		const ended = { state: 'done', job: 'paid', key: 'a.mp3', until: 8.64e15, endedAt: 8.64e15 };
		const known = await rowOf('a.mp3', ended);

		const { rows } = (await look({ rows: [known], oldRows: [row] }))!;

		expect(rows.filter(({ key }) => key)).toEqual([]);
	});

	it('holds up nothing once it has ended: neither its hidden text nor its place stays taken', async () => {
		settings.uploadsPerMinute = 1;
		const ended = { state: 'failed', key: 'a.mp3', until: 8.64e15, endedAt: 8.64e15 };
		await recording('b.mp3');
		await fs.utimes(join(input, 'b.mp3'), 1, 1);
		const known = await rowOf('a.mp3', { ...ended, job: 'over' });
		await fs.unlink(join(input, 'a.mp3'));
		const hidden = join(folder, 'output', '.folder-watcher');
		await fs.mkdir(hidden);
		await fs.writeFile(join(hidden, 'over.txt'), '');
		const lstat = async (path: string, options: { bigint: true }) => {
			const stats = await fs.lstat(path, options);
			const ctimeNs = stats.ctimeNs - 61_000_000_000n;
			return { ...stats, ctimeNs, ctimeMs: stats.ctimeMs - 61_000n, isFile: () => stats.isFile() };
		};

		const { rows } = (await look({ rows: [known], fileSystem: { lstat } }))!;

		expect(rows).toMatchObject([{ file: 'b.mp3', state: 'sending' }]);
		expect(await fs.readdir(hidden)).not.toContain('over.txt');
	});
});

describe('what becomes of a batch', () => {
	const owner = '1.a.1.3';
	const run = async (rows: Rows, steps: Record<string, Items>, mine: Rows = rows, given?: Given) =>
		(
			await runCode(template, 'Next Rows', given ?? mine, {
				Settings: [settings],
				'Take the Files': rows,
				...steps,
			})
		).map(({ json }) => json);
	const sent = async (names: string[], more: Row = {}) =>
		await Promise.all(
			names.map(async (name) => await rowOf(name, { state: 'sending', owner, ...more })),
		);
	const read = (rows: Rows) => ({
		'Read Files': rows.map(() => ({})),
		'Hash Files': rows.map((_row, index) => ({ contentHash: `hash ${index}` })),
	});

	it('notes its uploads, with the settings that their jobs are started with', async () => {
		const rows = await sent(['a.mp3', 'b.mp3']);
		const uploads = [{ uploadId: 'up a' }, { uploadId: 'up b' }];

		const next = await run(rows, { ...read(rows), 'Upload Files': uploads });

		expect(next).toMatchObject([
			{ file: 'a.mp3', state: 'uploaded', uploadId: 'up a', contentHash: 'hash 0' },
			{ file: 'b.mp3', state: 'uploaded', uploadId: 'up b', owner: `${owner}+` },
		]);
		expect(JSON.parse(String(next[0]!.request))).toEqual({
			diarize: false,
			align: true,
			webhookUrl: '',
		});
		expect(next[0]).not.toHaveProperty('id');
	});

	it('goes on with what is still its own, and with nothing else', async () => {
		const rows = await sent(['a.mp3', 'b.mp3', 'c.mp3']);
		const uploads = ['up a', 'up b', 'up c'].map((uploadId) => ({ uploadId }));

		const next = await run(rows, { ...read(rows), 'Upload Files': uploads }, [rows[1]!]);

		expect(next).toMatchObject([{ file: 'b.mp3', uploadId: 'up b', contentHash: 'hash 1' }]);
	});

	it('lets a file that was written to meanwhile be found anew', async () => {
		const rows = await sent(['a.mp3', 'b.mp3']);
		await fs.appendFile(join(input, 'a.mp3'), 'more');
		const uploads = [{ uploadId: 'up a' }, { uploadId: 'up b' }];

		const next = await run(rows, { ...read(rows), 'Upload Files': uploads });

		// it goes with its old row, which has the same owner
		expect(next).toMatchObject([
			{ file: 'a.mp3', state: 'failed', owner, endedAt: null },
			{ file: 'b.mp3', state: 'uploaded', owner: `${owner}+` },
		]);
		const steps = { 'Write Rows': next.map((row, id) => ({ id, ...row })) };
		const started = { ...steps, 'Start Transcriptions': [{ id: 'job' }] };
		expect(await run(rows, started, steps['Write Rows'])).toMatchObject([
			{ file: 'b.mp3', state: 'transcribing', job: 'job' },
		]);
	});

	it.each<[string, Row, Row]>([
		['the line is down', { code: 'ECONNREFUSED', httpStatus: null }, { state: 'waiting' }],
		['a page stands in between', { code: null, httpStatus: 404 }, { state: 'waiting' }],
		['the balance is empty', { code: 'ZERO_BALANCE', httpStatus: 402 }, { state: 'waiting' }],
		['the key is wrong', { code: 'INVALID_API_KEY', httpStatus: 401 }, { state: 'waiting' }],
		['the limit is passed', { code: 'RATE_LIMIT_EXCEEDED', httpStatus: 429 }, { state: 'waiting' }],
		['the provider is away', { code: null, httpStatus: 503 }, { state: 'waiting' }],
		['its server fails', { code: 'INTERNAL_ERROR', httpStatus: 500 }, { state: 'waiting' }],
		['something forbids it', { code: 'FORBIDDEN', httpStatus: 403 }, { state: 'waiting' }],
		[
			'its key is locked',
			{ code: 'IDEMPOTENCY_KEY_LOCKED', httpStatus: 409 },
			{ state: 'waiting' },
		],
	])(
		'keeps a file where it is, and counts nothing against it, while %s',
		async (_w, details, as) => {
			const rows = await sent(['a.mp3'], { attempts: 2 });
			const failure = { error: 'Scriptivox said so [item 0]', details };

			const [row] = await run(rows, { ...read(rows), 'Upload Files': [failure] });

			expect(row).toMatchObject({ ...as, attempts: 2, owner: '' });
			expect(row!.message).toMatch(/Scriptivox said so$/);
			expect(Number(row!.until)).toBeGreaterThan(Date.now());
			expect(Number(row!.waitsSince)).toBeLessThanOrEqual(Date.now());
		},
	);

	it.each<[string, Row]>([
		['a kind that it does not take', { code: 'INVALID_MEDIA_FORMAT', httpStatus: 400 }],
		['a size that it does not take', { code: 'FILE_TOO_LARGE', httpStatus: 413 }],
		['a name that it does not take', { code: 'INVALID_FILENAME', httpStatus: 400 }],
		[
			'a key that was used for other contents',
			{ code: 'IDEMPOTENCY_KEY_CONFLICT', httpStatus: 422 },
		],
	])('refuses a file at once for %s', async (_what, details) => {
		const rows = await sent(['a.mp3']);

		const [row] = await run(rows, { ...read(rows), 'Upload Files': [{ error: 'No', details }] });

		expect(row).toMatchObject({ state: 'refused', message: `${String(details.code)}: No` });
	});

	const DAY = 24 * 3_600_000;

	it.each<[string, number, Row, string]>([
		['three days of its errors', 3 * DAY, { code: 'INTERNAL_ERROR', httpStatus: 500 }, 'refused'],
		['three days of its errors', 4 * DAY, { code: null, httpStatus: 503 }, 'refused'],
		['less of them', 2.9 * DAY, { code: 'INTERNAL_ERROR', httpStatus: 500 }, 'waiting'],
		['days of an empty balance', 9 * DAY, { code: 'ZERO_BALANCE', httpStatus: 402 }, 'waiting'],
		['days without an answer', 9 * DAY, { code: 'ECONNREFUSED', httpStatus: null }, 'waiting'],
		['days at the limit', 9 * DAY, { code: 'RATE_LIMIT_EXCEEDED', httpStatus: 429 }, 'waiting'],
	])('after %s (%d ms) is told %j: it is %s', async (_what, ms, details, state) => {
		const waitsSince = Date.now() - ms;
		const rows = await sent(['a.mp3'], { waitsSince });

		const [row] = await run(rows, { ...read(rows), 'Upload Files': [{ error: 'No', details }] });

		expect(row).toMatchObject({ state, waitsSince });
		expect(row!.message).toMatch(/No$/);
	});

	it('waits for nothing once its transcription is started', async () => {
		const request = '{}';
		const rows = await sent(['a.mp3'], { state: 'uploaded', request, waitsSince: 5 });

		expect(await run(rows, { 'Start Transcriptions': [{ id: 'job' }] })).toMatchObject([
			{ state: 'transcribing', waitsSince: null },
		]);
	});

	it.each([
		['FILE_EMPTY', 0, true],
		['FILE_GONE', 6, false],
	])('refuses with %s', async (code, bytes, isThere) => {
		await recording('a.mp3', bytes);
		const rows = await sent(['a.mp3']);
		if (!isThere) await fs.unlink(join(input, 'a.mp3'));

		const [row] = await run(rows, { ...read(rows), 'Upload Files': [{ uploadId: 'up' }] });

		expect(row).toMatchObject({ state: 'refused' });
		expect(row!.message).toMatch(new RegExp(`^${code}: .`));
	});

	it('refuses what cannot be read, after three tries', async () => {
		const rows = await sent(['a.mp3'], { attempts: 2 });
		const steps = {
			'Read Files': [{ error: 'EACCES: no' }],
			'Hash Files': [{}],
			'Upload Files': [{}],
		};

		expect(await run(rows, steps)).toMatchObject([
			{ state: 'refused', message: 'FILE_NOT_READABLE: EACCES: no' },
		]);
	});

	it.each([
		['', `${owner}+`, 'and is asked for at once'],
		['https://n8n.example/hook', '', 'and is left to the webhook'],
	])('notes its jobs; one called back at %p has the owner %p, %s', async (webhookUrl, next) => {
		const request = JSON.stringify({ diarize: false, align: false, webhookUrl });
		const rows = await sent(['a.mp3'], { state: 'uploaded', request });

		expect(await run(rows, { 'Start Transcriptions': [{ id: 'job' }] })).toMatchObject([
			{ state: 'transcribing', job: 'job', owner: next, uploadId: '' },
		]);
	});

	it('uploads again what the provider has forgotten', async () => {
		const rows = await sent(['a.mp3'], { state: 'uploaded', uploadId: 'up' });
		const details = { code: 'UPLOAD_EXPIRED', httpStatus: 400 };

		expect(
			await run(rows, { 'Start Transcriptions': [{ error: 'Expired', details }] }),
		).toMatchObject([{ state: 'waiting', owner: '', attempts: 1 }]);
	});

	it('writes texts and notes of one batch, each to its own, and asks for the rest again', async () => {
		const names = ['a.mp3', 'b.mp3', 'c.mp3', 'd.mp3', 'e.mp3'];
		const rows = (await sent(names, { state: 'transcribing' })).map((row) => ({
			...row,
			job: `job ${String(row.file)}`,
		}));
		await fs.mkdir(join(folder, 'output', '.folder-watcher'));
		const results = [
			{ status: 'completed', text: 'what a said' },
			{ status: 'failed', errorCode: 'PROCESSING_ERROR', errorMessage: 'It broke' },
			{ status: 'processing', text: '' },
			{ status: '', errorCode: 'TRANSCRIPTION_NOT_FOUND', errorMessage: 'There is none' },
			{ status: '', errorCode: '', errorMessage: 'The line is down' },
		];

		const next = await run(rows, { Results: results });

		expect(next.map(({ state, message }) => [state, message])).toEqual([
			['done', ''],
			['failed', 'PROCESSING_ERROR: It broke'],
			['transcribing', ''],
			['failed', 'TRANSCRIPTION_NOT_FOUND: There is none'],
			['transcribing', 'The line is down'],
		]);
		expect(await fs.readFile(join(folder, 'output', 'a.txt'), 'utf8')).toBe('what a said');
		expect(await fs.readFile(join(folder, 'output', 'failed_b.txt'), 'utf8')).toBe(
			'File: b.mp3\nCode: PROCESSING_ERROR\nMessage: It broke\n',
		);
		expect((await fs.readdir(input)).sort()).toEqual(['c.mp3', 'e.mp3']);
	});

	it('finds the text that a killed run has published, and writes no second one', async () => {
		const rows = await sent(['a.mp3'], { state: 'transcribing', job: 'job' });
		await fs.mkdir(join(folder, 'output', '.folder-watcher'));
		const steps = { Results: [{ status: 'completed', text: 'said' }] };

		await run(rows, steps);
		const [again] = await run(rows, steps);

		expect(again).toMatchObject({ state: 'done', output: join(folder, 'output', 'a.txt') });
		expect((await fs.readdir(join(folder, 'output'))).sort()).toEqual(['.folder-watcher', 'a.txt']);
		expect(await fs.readdir(join(folder, 'done'))).toEqual(['a.mp3']);
	});

	it('keeps those hidden names while a recording is under way, and removes them then', async () => {
		const hidden = join(folder, 'output', '.folder-watcher');
		await fs.mkdir(hidden);
		for (const name of ['under-way.txt', 'over.txt', 'over.srt']) {
			await fs.writeFile(join(hidden, name), '');
		}
		const underWay = await rowOf('a.mp3', { state: 'transcribing', job: 'under-way', until: 9e15 });
		const lstat = async (path: string, options: { bigint: true }) => {
			const stats = await fs.lstat(path, options);
			return { ...stats, ctimeMs: stats.ctimeMs - 61_000n, isFile: () => stats.isFile() };
		};

		await look({ rows: [underWay], fileSystem: { lstat } });

		expect((await fs.readdir(hidden)).filter((name) => name !== 'busy')).toEqual(['under-way.txt']);
	});

	it('waits for subtitles, where they are wanted, and writes all of them once', async () => {
		settings.files = 'srt, TXT; vtt';
		const rows = await sent(['a.mp3'], { state: 'transcribing', job: 'job' });
		await fs.mkdir(join(folder, 'output', '.folder-watcher'));
		const results = [{ job: 'job', status: 'completed', text: 'said' }];

		const waiting = (await run(rows, { Results: results })).map((row) => ({
			...row,
			id: nextId++,
		}));
		expect(waiting).toMatchObject([
			{ state: 'completed', format: 'srt', owner: `${owner}+` },
			{ state: 'completed', format: 'vtt' },
		]);
		const files = ['1\n', 'WEBVTT\n'].map((text) => ({
			json: {},
			binary: { data: { data: Buffer.from(text).toString('base64') } },
		}));
		const steps = { Results: results, 'Write Rows': waiting, 'Export Files': files };
		const next = await run(rows, steps, waiting, files);

		expect(next).toMatchObject([{ state: 'done', format: '', message: '' }]);
		for (const [name, text] of Object.entries({ srt: '1\n', vtt: 'WEBVTT\n', txt: 'said' })) {
			expect(await fs.readFile(join(folder, 'output', `a.${name}`), 'utf8')).toBe(text);
		}
	});

	it('keeps no text back for subtitles that cannot be had, and says so', async () => {
		settings.files = 'txt, srt';
		const row = await rowOf('a.mp3', { state: 'completed', job: 'job', format: 'srt', owner });
		await fs.mkdir(join(folder, 'output', '.folder-watcher'));
		const results = [{ job: 'job', status: 'completed', text: 'said' }];
		const failed = [{ json: { error: 'No' } }];
		const steps = { Results: results, 'Write Rows': [row], 'Export Files': failed };

		expect(await run([row], steps, [row], failed)).toMatchObject([
			{ state: 'done', message: 'Could not be fetched: srt.' },
		]);
	});
});
