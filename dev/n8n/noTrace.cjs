// In place of a file of n8n's SQLite driver; see withoutTraces.cjs.
exports.extendTrace = () => {};
