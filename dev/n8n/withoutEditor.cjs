// Loaded into an n8n whose editor nobody opens: n8n copies the editor's 40 MB at each start, which
// takes a quarter of its CPU. It looks for them beside the package n8n-editor-ui, and finds none.
const Module = require('node:module');
const { join } = require('node:path');

const { _resolveFilename: resolve } = Module;

Module._resolveFilename = function (request, ...others) {
	if (request === 'n8n-editor-ui') return join(__dirname, 'no-editor', 'index.js');
	return resolve.call(this, request, ...others);
};
