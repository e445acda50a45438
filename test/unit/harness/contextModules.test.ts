import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

describe('a package of n8n that all suites of a worker share', () => {
	let folder: string;
	const file = async (name: string, text: string) => {
		const path = join(folder, name);
		await writeFile(path, text);
		return path;
	};

	beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'n8n-modules-'))));
	afterAll(async () => await rm(folder, { recursive: true }));

	it('is loaded once, with the globals of the suites', async () => {
		const path = await file('once.js', 'exports.made = [Object, Error, process, {}]');

		const { made } = workerModules.require<{ made: unknown[] }>(path);

		expect(made.slice(0, 3)).toEqual([Object, Error, process]);
		expect(made[3]).toBeInstanceOf(Object);
		expect(workerModules.require<{ made: unknown[] }>(path).made).toBe(made);
	});

	it('may need another one that needs it, data, and what Node.js has', async () => {
		await file('facts.json', '{ "name": "facts" }');
		await file('other.js', "exports.first = require('./first'); exports.name = 'other'");
		const path = await file(
			'first.js',
			"exports.all = [require('./other').name, require('./facts').name, require('node:path').sep]",
		);

		expect(workerModules.require(path)).toEqual({ all: ['other', 'facts', '/'] });
	});

	it('is tried again where its code has failed', async () => {
		const path = await file('fails.js', "throw new Error('not yet')");
		expect(() => workerModules.require(path)).toThrow('not yet');
		await file('fails.js', 'exports.isThere = true');

		expect(workerModules.require(path)).toEqual({ isThere: true });
	});

	it('is missed by its name', () => {
		expect(() => workerModules.require('n8n-core-of-nowhere')).toThrow(/Cannot find module/);
	});
});
