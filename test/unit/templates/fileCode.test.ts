import * as fs from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { runCode } from './codeNode';
import type { FileSystem } from './codeNode';
import { REFUSALS, refusingPaths } from './refusingFiles';
import { WatchedFolder } from './watchedFolder';

// a folder that is there already is no refusal
const REFUSED = REFUSALS.filter((code) => code !== 'EEXIST');

let watched: WatchedFolder;
let folder: string;

beforeEach(async () => {
	watched = await WatchedFolder.make('folder-watcher', { uploadsPerMinute: 0, settleSeconds: 0 });
	({ folder } = watched);
});

afterEach(async () => await watched.remove());

/** A file that is gone once its name was read. */
function vanishing(file: string): FileSystem {
	return {
		lstat: async (path: string, options: { bigint: true }) => {
			const stats = await fs.lstat(path, options);
			if (path.endsWith(file)) throw Object.assign(new Error('gone'), { code: 'ENOENT' });
			const ctimeNs = stats.ctimeNs - 3600_000_000_000n;
			const mtimeNs = ctimeNs;
			return { ...stats, ctimeNs, mtimeNs, isFile: () => stats.isFile() };
		},
	};
}

const paths = async (name: string) => (await fs.readdir(join(folder, name))).sort();

describe('looking into the folder', () => {
	const look = async (fileSystem: FileSystem = {}) => await watched.look({ fileSystem });

	beforeEach(async () => {
		for (const name of ['a.mp3', 'b.WAV', 'notes.txt']) await watched.recording(name);
		await fs.mkdir(join(watched.input, 'folder.mp3'));
		await fs.symlink(join(watched.input, 'a.mp3'), join(watched.input, 'link.mp3'));
	});

	it('records regular files that are recordings by their names', async () => {
		expect((await look())!.rows.map(({ file }) => file).sort()).toEqual(['a.mp3', 'b.WAV']);
	});

	it('goes on when a file vanishes in the middle', async () => {
		const found = await look(vanishing('a.mp3'));

		expect(found!.rows.map(({ file }) => file)).toEqual(['b.WAV']);
	});

	it.each(REFUSED)('says why when %s keeps it from looking', async (code) => {
		const refused = `${code}: refused`;
		await expect(look(refusingPaths('readdir', code, 'input/'))).rejects.toThrow(refused);
		await expect(look(refusingPaths('mkdir', code))).rejects.toThrow(refused);
		expect(await paths('input')).toHaveLength(5);
	});

	it('gives way to the next look where one was refused', async () => {
		await expect(look(refusingPaths('readdir', 'EIO', 'input/'))).rejects.toThrow('EIO');

		expect((await look())!.rows).toHaveLength(2);
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

	it.each(REFUSED)('is not made up when %s refuses it', async (code) => {
		await expect(list('talk.mp3', refusingPaths('mkdir', code, 'talk'))).rejects.toThrow(
			`${code}: refused`,
		);
		expect(await paths('')).not.toContain('talk');
	});
});
