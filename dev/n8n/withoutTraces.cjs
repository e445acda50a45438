// Loaded into an n8n of the tests: n8n has its SQLite driver note where each statement comes from, for traces of
// errors, which takes a twelfth of n8n's CPU where it works through files. Here nothing is noted.
const Module = require('node:module');
const { join } = require('node:path');

const { _resolveFilename: resolve } = Module;
const driver = join('sqlite3', 'lib', 'sqlite3.js');

Module._resolveFilename = function (request, parent, ...others) {
	if (request === './trace' && parent?.filename?.endsWith(driver))
		return join(__dirname, 'noTrace.cjs');
	return resolve.call(this, request, parent, ...others);
};
