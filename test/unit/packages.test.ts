import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { runStep } from '../../dev/command';
import { installPackages } from '../../dev/n8n/packages';

jest.mock('../../dev/command');

const step = jest.mocked(runStep);
let folder: string;
let printed: string;

/** Fills node_modules, as an installer does. */
async function fill(): Promise<void> {
	await mkdir(join(folder, 'node_modules', 'n8n'), { recursive: true });
}

const install = async () =>
	await installPackages('Installing', folder, (text) => {
		printed += text;
	});

/** What was run: the program and its first argument. */
const ran = () =>
	step.mock.calls.map(([, command, [first]]) => `${basename(command, '.exe')} ${first}`);

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'packages-'));
	printed = '';
	await writeFile(join(folder, 'package.json'), '{}');
	await writeFile(join(folder, 'package-lock.json'), '{"lockfileVersion":3}');
	step.mockReset();
	step.mockImplementation(fill);
});

afterEach(async () => await rm(folder, { recursive: true, force: true }));

it('installs with Bun as the lock file has it, and no script of a package runs', async () => {
	await install();

	expect(ran()).toEqual(['bun install']);
	const [, , args, options] = step.mock.calls[0]!;
	expect(args).toEqual(expect.arrayContaining(['--frozen-lockfile', '--ignore-scripts']));
	expect(options.cwd).toBe(folder);
});

it('installs nothing where all is there, and everything again where the lock file has changed', async () => {
	await install();
	await install();
	expect(ran()).toEqual(['bun install']);

	await writeFile(join(folder, 'node_modules', 'left'), 'of the versions before');
	await writeFile(join(folder, 'package-lock.json'), '{"lockfileVersion":4}');
	await install();

	expect(ran()).toEqual(['bun install', 'bun install']);
	expect(await readdir(join(folder, 'node_modules'))).not.toContain('left');
});

it('goes by package.json where there is no lock file, and leaves none', async () => {
	await rm(join(folder, 'package-lock.json'));
	await install();
	await install();

	expect(ran()).toEqual(['bun install']);
	expect(step.mock.calls[0]![2]).not.toContain('--frozen-lockfile');
	expect(step.mock.calls[0]![2]).toContain('--no-save');
});

it('takes npm where Bun cannot, says why, and leaves nothing that Bun has begun', async () => {
	step.mockImplementationOnce(async () => {
		await fill();
		await writeFile(join(folder, 'node_modules', 'half'), '');
		throw new Error('Installing failed: see the messages above.');
	});
	await install();
	await install();

	expect(ran()).toEqual(['bun install', 'npm ci']);
	expect(step.mock.calls[1]![2]).toContain('--ignore-scripts');
	expect(printed).toContain('Installing failed: see the messages above.');
	expect(await readdir(join(folder, 'node_modules'))).not.toContain('half');
});

it('begins anew after a time when neither could', async () => {
	step.mockRejectedValue(new Error('no network'));
	await expect(install()).rejects.toThrow('no network');
	step.mockReset();
	step.mockImplementation(fill);
	await install();

	expect(ran()).toEqual(['bun install']);
});
