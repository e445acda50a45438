// Loaded into an n8n of the tests: n8n has its SQLite driver note where each statement comes from, for traces of
// errors, which takes a twelfth of n8n's CPU where it works through files. This file takes the place of the driver's own
// that does so, and notes nothing.
const { join } = require('node:path');
const { answerFirst } = require('./answerFirst.cjs');

const driver = join('sqlite3', 'lib', 'sqlite3.js');

answerFirst((request, parent) =>
	request === './trace' && parent?.filename?.endsWith(driver) ? __filename : undefined,
);

exports.extendTrace = () => {};
