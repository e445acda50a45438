// CommonJS without types or dependencies: dev/run.mjs reads it before anything is installed.
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

/**
 * Whether a folder's node_modules holds what its package-lock.json asks for.
 * Optional packages (another platform's binaries) may be missing.
 *
 * @param {string} folder absolute path of a folder with a package-lock.json
 * @returns {boolean}
 */
function isInstalled(folder) {
	const wanted = packagesOf(join(folder, 'package-lock.json'));
	const present = packagesOf(join(folder, 'node_modules', '.package-lock.json'));
	return Object.entries(wanted).every(([path, entry]) => {
		if (path === '' || entry.optional || entry.devOptional) return true;
		return present[path]?.version === entry.version;
	});
}

/**
 * @param {string} lockfile
 * @returns {Record<string, { version?: string, optional?: boolean, devOptional?: boolean }>} entries by path, none when
 *   there is no such file
 */
function packagesOf(lockfile) {
	let text;
	try {
		text = readFileSync(lockfile, 'utf8');
	} catch {
		return {};
	}
	return JSON.parse(text).packages;
}

module.exports = { isInstalled };
