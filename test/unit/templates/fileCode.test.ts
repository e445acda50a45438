import * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runCode } from './codeNode';
import type { FileSystem } from './codeNode';

const REFUSALS = ['EPERM', 'EROFS', 'ENOSPC', 'EXDEV', 'EIO'];

let folder: string;
let settings: Record<string, unknown>;

beforeEach(async () => {
	folder = await fs.mkdtemp(join(tmpdir(), 'watched-'));
	settings = { maxParallel: 10, inputFolder: join(folder, 'input') };
	for (const name of ['input', 'output', 'done', 'failed']) {
		await fs.mkdir(join(folder, name));
		settings[`${name}Folder`] = join(folder, name);
	}
});

afterEach(async () => await fs.rm(folder, { recursive: true }));

/** A call that is refused for one file, and for all where none is named. */
function refusing(call: keyof FileSystem, code: string, file = ''): FileSystem {
	const working = fs[call as 'lstat'] as (...given: unknown[]) => unknown;
	return {
		[call]: async (path: string, ...others: unknown[]) => {
			if (!path.endsWith(file)) return await working(path, ...others);
			throw Object.assign(new Error(`${code}: refused by the test`), { code });
		},
	};
}

async function versionOf(path: string): Promise<string> {
	const { ino, size, mtimeNs } = await fs.lstat(path, { bigint: true });
	return `${ino}:${size}:${mtimeNs}`;
}

const paths = async (name: string) => (await fs.readdir(join(folder, name))).sort();

describe('looking into the folder', () => {
	const look = async (rows: Array<Record<string, unknown>>, fileSystem: FileSystem = {}) => {
		const others = { Settings: [settings] };
		const given = await runCode(
			'folder-watcher-any-provider',
			'Look into the Folder',
			rows,
			others,
			fileSystem,
		);
		return given.map(({ json }) => json);
	};

	beforeEach(async () => {
		for (const name of ['a.mp3', 'b.WAV', 'notes.txt']) {
			await fs.writeFile(join(folder, 'input', name), name);
		}
		await fs.mkdir(join(folder, 'input', 'folder.mp3'));
		await fs.symlink(join(folder, 'input', 'a.mp3'), join(folder, 'input', 'link.mp3'));
	});

	it('records regular files that are recordings by their names', async () => {
		expect((await look([])).map(({ action, path }) => [action, path])).toEqual([
			['record', join(folder, 'input', 'a.mp3')],
			['record', join(folder, 'input', 'b.WAV')],
		]);
	});

	it('goes on when a file vanishes in the middle', async () => {
		const actions = await look([], refusing('lstat', 'ENOENT', 'a.mp3'));

		expect(actions.map(({ path }) => path)).toEqual([join(folder, 'input', 'b.WAV')]);
	});

	it('claims what two looks saw as it is, and forgets what has changed', async () => {
		const [same, changed] = ['a.mp3', 'b.WAV'].map((name) => join(folder, 'input', name));
		const row = { state: '', seenAt: 0 };
		const rows = [
			{ ...row, id: 1, path: same, version: await versionOf(same!) },
			{ ...row, id: 2, path: changed, version: 'another' },
		];

		expect(await look(rows)).toEqual([
			{ action: 'forget', id: 2 },
			expect.objectContaining({ action: 'record', path: changed }),
			{ action: 'claim', id: 1, attempts: 1 },
		]);
	});

	it.each(REFUSALS)('says why when %s keeps it from looking', async (code) => {
		await expect(look([], refusing('readdir', code))).rejects.toThrow(`${code}: refused`);
		await expect(look([], refusing('mkdir', code))).rejects.toThrow(`${code}: refused`);
		expect(await paths('input')).toHaveLength(5);
	});
});

describe('looking again before a file is sent', () => {
	const lookAgain = async (content: string, version?: string, fileSystem: FileSystem = {}) => {
		const path = join(folder, 'input', 'a.mp3');
		await fs.writeFile(path, content);
		const row = { path, version: version ?? (await versionOf(path)), changedAt: '1' };
		const others = { 'Take Over': [row], 'Read File': [{}] };
		const input = [{ contentHash: 'hash' }];
		const given = await runCode(
			'folder-watcher-any-provider',
			'Look Again',
			input,
			others,
			fileSystem,
		);
		return given[0]!.json;
	};

	it('lets on what is as it was', async () => {
		const path = join(folder, 'input', 'a.mp3');
		expect(await lookAgain('sound')).toEqual({ idempotencyKey: `hash\n${path}\n1` });
	});

	it.each<[string, string, string | undefined, FileSystem]>([
		['FILE_EMPTY', '', undefined, {}],
		['FILE_CHANGED', 'sound', 'another', {}],
		['FILE_GONE', 'sound', undefined, refusing('lstat', 'ENOENT')],
		['FILE_NOT_READABLE', 'sound', undefined, refusing('lstat', 'EACCES')],
		['FILE_NOT_READABLE', 'sound', undefined, refusing('lstat', 'EIO')],
	])('refuses with %s', async (code, content, version, fileSystem) => {
		expect(await lookAgain(content, version, fileSystem)).toMatchObject({ code });
	});
});

describe('sweeping hidden files of a crash', () => {
	const LATER = new Date(Date.now() + 60_000).toISOString();
	const sweep = async (fileSystem: FileSystem = {}, timestamp = LATER) => {
		const others = { Settings: [settings], 'When n8n Starts': [{ timestamp }] };
		await runCode(
			'folder-watcher-any-provider',
			'Sweep Part Files',
			[{ id: 8 }],
			others,
			fileSystem,
		);
	};

	beforeEach(async () => {
		for (const name of ['.7.part', '.8.part', '.x.part', 'talk.txt']) {
			await fs.writeFile(join(folder, 'output', name), name);
		}
		await fs.writeFile(join(folder, 'done', '.9.part'), 'a copy');
	});

	it('removes those of no file in progress, and nothing else', async () => {
		await sweep();

		expect(await paths('output')).toEqual(['.8.part', '.x.part', 'talk.txt']);
		expect(await paths('done')).toEqual([]);
	});

	it('keeps those that are newer than the start of n8n', async () => {
		await sweep({}, new Date(0).toISOString());

		expect(await paths('output')).toContain('.7.part');
	});

	it.each(['lstat', 'unlink'] as const)('goes on when one vanishes before %s', async (call) => {
		await sweep(refusing(call, 'ENOENT', '.7.part'));

		expect(await paths('done')).toEqual([]);
	});

	it('needs no folder that is not there', async () => {
		await fs.rm(join(folder, 'done'), { recursive: true });

		await sweep();

		expect(await paths('output')).not.toContain('.7.part');
	});

	it.each(REFUSALS)('says why when %s keeps it from sweeping', async (code) => {
		await expect(sweep(refusing('unlink', code))).rejects.toThrow(`${code}: refused`);
	});
});

describe('removing the hidden name of a published text', () => {
	const remove = async (state: string, fileSystem: FileSystem = {}) => {
		const others = { Settings: [settings] };
		return await runCode(
			'folder-watcher-any-provider',
			'Remove Part File',
			[{ id: 7, state }],
			others,
			fileSystem,
		);
	};

	beforeEach(async () => await fs.writeFile(join(folder, 'output', '.7.part'), 'text'));

	it.each(['done', 'failed'])('happens once it is %s, and again', async (state) => {
		await remove(state);
		await remove(state);

		expect(await paths('output')).toEqual([]);
	});

	it('waits for a text that is not published', async () => {
		await remove('submitted');

		expect(await paths('output')).toEqual(['.7.part']);
	});

	it.each(REFUSALS)('says why when %s keeps it', async (code) => {
		await expect(remove('done', refusing('unlink', code))).rejects.toThrow(`${code}: refused`);
	});
});

describe('the folder of the outputs of a transcript', () => {
	const list = async (fileName: string, fileSystem: FileSystem = {}) => {
		const outputs = { formats: 'srt, VTT', summarize: true, languages: 'de', outputFolder: folder };
		const binary = { recording: { fileName } };
		const others = { Settings: [{ json: outputs, binary }], 'Wait for Job': [{ id: 'job' }] };
		const template = 'one-transcript-many-outputs';
		const given = await runCode(template, 'List Outputs', [], others, fileSystem);
		return given.map(({ json }) => json);
	};

	it('is new for each run, and bears the name of the recording', async () => {
		const [first] = await list('talk.mp3');
		const [second] = await list('talk.mp3');

		expect(first).toMatchObject({ kind: 'export', format: 'srt' });
		expect([first!.path, second!.path]).toEqual([
			join(folder, 'talk', 'talk.srt'),
			join(folder, 'talk_2', 'talk.srt'),
		]);
	});

	it.each([
		['../../etc/passwd.mp3', '_.._etc_passwd'],
		['a/b\\c:d.mp3', 'a_b_c_d'],
		['line\nbreak\u0000.mp3', 'line_break_'],
		['.mp3', 'job'],
		['', 'job'],
		[`${'é'.repeat(200)}.mp3`, 'é'.repeat(75)],
	])('stays in its place for %j', async (fileName, name) => {
		const [output] = await list(fileName);

		expect(dirname(String(output!.path))).toBe(join(folder, name));
		expect(await paths('')).toContain(name);
	});

	it.each(REFUSALS)('is not made up when %s refuses it', async (code) => {
		await expect(list('talk.mp3', refusing('mkdir', code, 'talk'))).rejects.toThrow(
			`${code}: refused`,
		);
		expect(await paths('')).not.toContain('talk');
	});
});
