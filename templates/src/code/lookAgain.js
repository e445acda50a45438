// Lets the file on only if what was read is what two looks saw: a file written to since is a new one.
const { lstat } = require('fs/promises');

const row = $('Take Over').first().json;
const read = $('Read File').first();
const { contentHash } = $input.first().json;

function refuse(code, error) {
	return [{ json: { code, error } }];
}

let stats;
try {
	stats = await lstat(row.path, { bigint: true });
} catch (error) {
	if (error.code !== 'ENOENT') return refuse('FILE_NOT_READABLE', error.message);
	return refuse('FILE_GONE', 'The file left the input folder before it could be sent.');
}
if (`${stats.ino}:${stats.size}:${stats.mtimeNs}` !== row.version) {
	return refuse('FILE_CHANGED', 'The file was written to after it was found.');
}
if (stats.size === 0n) return refuse('FILE_EMPTY', 'The file is empty.');
if (contentHash === undefined) {
	return refuse('FILE_NOT_READABLE', String(read.json.error ?? 'Its content could not be read.'));
}
return [{ json: { contentHash }, binary: read.binary }];
