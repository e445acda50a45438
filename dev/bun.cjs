// CommonJS without types or dependencies: dev/run.mjs reads it before anything is installed.
const { copyFileSync, existsSync, readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

/** In node_modules: what was asked for when Bun, or npm in its place, filled it. */
const noteFile = '.installed.json';

/**
 * The program of the package `bun`: npm brings the one for this machine, and runs no script that puts it in place.
 *
 * @param {string} folder absolute path of a folder whose node_modules may hold the package
 * @returns {string | undefined} undefined where there is none for this machine
 */
function bunIn(folder) {
	const packages = join(folder, 'node_modules', '@oven');
	const names = existsSync(packages) ? readdirSync(packages) : [];
	return names
		.flatMap((name) => ['bun', 'bun.exe'].map((file) => join(packages, name, 'bin', file)))
		.find((file) => existsSync(file));
}

/**
 * Arguments with which Bun installs what a folder's package.json asks for, in the versions of its package-lock.json
 * where it has one; it runs no script of a package, and writes no lock file of its own.
 *
 * @param {string} folder absolute
 * @returns {string[]}
 */
function installArguments(folder) {
	const flags = ['--ignore-scripts', '--no-save', '--no-progress', '--no-summary'];
	return ['install', ...(isLocked(folder) ? ['--frozen-lockfile'] : []), ...flags];
}

/**
 * Whether a folder's node_modules was filled with what the folder asks for now.
 *
 * @param {string} folder absolute
 * @returns {boolean}
 */
function isNotedIn(folder) {
	const note = noteOf(folder);
	return existsSync(note) && textOf(note) === textOf(askedOf(folder));
}

/**
 * Writes down that a folder's node_modules holds what the folder asks for.
 *
 * @param {string} folder absolute
 */
function noteIn(folder) {
	copyFileSync(askedOf(folder), noteOf(folder));
}

/** @param {string} folder */
const isLocked = (folder) => existsSync(join(folder, 'package-lock.json'));

/** @param {string} folder */
const askedOf = (folder) => join(folder, isLocked(folder) ? 'package-lock.json' : 'package.json');

/** @param {string} folder */
const noteOf = (folder) => join(folder, 'node_modules', noteFile);

/** @param {string} file */
const textOf = (file) => readFileSync(file, 'utf8');

module.exports = { bunIn, installArguments, isLocked, isNotedIn, noteIn };
