import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const preload = resolve('dev/n8n/keptPlaces.cjs');

let folder: string;
let cache: string;

/** A package of n8n whose program says which file of another package it got. */
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'places-'));
	cache = join(folder, 'cache');
	await put('n8n/package.json', '{}');
	await put('n8n/bin/n8n', "console.log(require('dependency'));");
	await put('dependency/index.js', 'module.exports = "found";');
	await put('dependency/other.js', 'module.exports = "kept";');
});

afterEach(async () => await rm(folder, { recursive: true }));

async function put(name: string, text: string): Promise<void> {
	const file = join(folder, 'node_modules', name);
	await mkdir(dirname(file), { recursive: true });
	await writeFile(file, text);
}

/** @returns what an n8n prints that is started with the file under test */
function start(): string {
	const { stdout } = spawnSync(
		process.execPath,
		['--require', preload, join(folder, 'node_modules/n8n/bin/n8n')],
		{ env: { ...process.env, NODE_COMPILE_CACHE: cache }, encoding: 'utf8' },
	);
	return stdout.trim();
}

/** The files of kept places, one for each installation. */
const keptFiles = async () =>
	(await readdir(cache))
		.filter((each) => each.startsWith('places-'))
		.map((name) => join(cache, name));

/** Has the kept place of the dependency be another file of it. */
async function keepOther(): Promise<void> {
	const [file] = (await keptFiles()) as [string];
	const text = await readFile(file, 'utf8');
	await writeFile(file, text.replaceAll('index.js', 'other.js'));
}

it('starts n8n with the places of an earlier start', async () => {
	expect(start()).toBe('found');
	await keepOther();

	expect(start()).toBe('kept');
});

it('looks again where another n8n was installed, or the kept places cannot be read', async () => {
	start();
	await keepOther();
	await utimes(join(folder, 'node_modules/n8n/package.json'), 1, 1);
	expect(start()).toBe('found');

	for (const file of await keptFiles()) await writeFile(file, '{');
	expect(start()).toBe('found');
});

it('keeps no place outside of the packages of n8n', async () => {
	await writeFile(join(folder, 'own.js'), 'module.exports = "own";');
	await put('n8n/bin/n8n', "console.log(require('dependency'), require('../../../own.js'));");

	expect(start()).toBe('found own');
	const [file] = (await keptFiles()) as [string];
	const places = JSON.parse(await readFile(file, 'utf8')) as Record<string, string>;
	expect(Object.values(places)).toEqual([join(folder, 'node_modules/dependency/index.js')]);
});
