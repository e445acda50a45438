// Loaded into an n8n of the tests: n8n has its SQLite driver note where each statement comes from, for traces of
// errors, which takes a twelfth of n8n's CPU where it works through files. Here nothing is noted.
const { join } = require('node:path');
const { answerFirst } = require('./answerFirst.cjs');

const driver = join('sqlite3', 'lib', 'sqlite3.js');
const noTrace = join(__dirname, 'noTrace.cjs');

answerFirst((request, parent) =>
	request === './trace' && parent?.filename?.endsWith(driver) ? noTrace : undefined,
);
