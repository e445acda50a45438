// Loaded into an n8n whose editor nobody opens: n8n copies the editor's 40 MB at each start, which
// takes a quarter of its CPU. It looks for them beside the package n8n-editor-ui, and finds none.
const { join } = require('node:path');
const { answerFirst } = require('./answerFirst.cjs');

const none = join(__dirname, 'no-editor', 'index.js');

answerFirst((request) => (request === 'n8n-editor-ui' ? none : undefined));
