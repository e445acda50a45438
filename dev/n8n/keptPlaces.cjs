// Loaded into every n8n of the rig: n8n is 10,000 modules, which Node.js otherwise looks for anew at each start. Where
// they were found is kept beside the code that was compiled, for one installation of n8n.
const { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } = require('node:fs');
const { createHash } = require('node:crypto');
const { dirname, isAbsolute, join, sep } = require('node:path');
const { isMainThread } = require('node:worker_threads');
const { answerFirst } = require('./answerFirst.cjs');

const kept = process.env.NODE_COMPILE_CACHE;
// n8n is started as node_modules/n8n/bin/n8n
const n8n = dirname(dirname(process.argv[1] ?? ''));
if (kept !== undefined && n8n.endsWith(join('node_modules', 'n8n'))) keep(dirname(n8n) + sep);

/** @param {string} packages the folder of all packages of this n8n, with a separator at its end */
function keep(packages) {
	const file = join(kept, `places-${nameOf(packages)}.json`);
	const places = read(file);
	const before = places.size;

	const resolve = answerFirst((request, parent, options) => {
		const from = parent?.filename;
		if (options || isAbsolute(request) || !from?.startsWith(packages)) return undefined;
		const key = `${dirname(from)} ${request}`;
		const place = places.get(key) ?? resolve(request, parent, false);
		// a package that is not n8n's own may be gone at the next start
		if (place.startsWith(packages)) places.set(key, place);
		return place;
	});

	process.on('exit', () => {
		if (isMainThread && places.size > before) write(file, places);
	});
}

/** @returns {string} differs for another folder, and where another n8n was installed there */
function nameOf(packages) {
	const { mtimeMs } = statSync(join(packages, 'n8n', 'package.json'));
	return createHash('sha256').update(`${packages} ${mtimeMs}`).digest('hex').slice(0, 16);
}

/** @returns {Map<string, string>} */
function read(file) {
	try {
		return new Map(Object.entries(JSON.parse(readFileSync(file, 'utf8'))));
	} catch {
		return new Map();
	}
}

function write(file, places) {
	mkdirSync(dirname(file), { recursive: true });
	// several end at once, and none is to read half of a file
	const whole = `${file}.${process.pid}`;
	writeFileSync(whole, JSON.stringify(Object.fromEntries(places)));
	renameSync(whole, file);
}
