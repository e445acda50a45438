// Gives the written text its final name and moves the recording out of the input folder.
// Each step can be repeated after a crash, and none ever overwrites a file.
const { constants, copyFile, link, lstat, open, rename, unlink } = require('fs/promises');

const NAME_BYTES = 255;
const NO_LINKS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'UNKNOWN'];
const settings = $('Settings').first().json;

async function statsOf(path) {
	try {
		return await lstat(path, { bigint: true });
	} catch (error) {
		if (error.code === 'ENOENT') return null;
		throw error;
	}
}

const isSame = (a, b) => a.ino === b.ino && a.dev === b.dev;
const versionOf = (stats) => `${stats.ino}:${stats.size}:${stats.mtimeNs}`;

// Cuts between characters, so that stem, suffix and extension fit into a file name.
function nameOf(stem, suffix, extension) {
	const characters = Array.from(stem);
	const bytes = () => Buffer.byteLength(characters.join('') + suffix + extension);
	while (characters.length > 1 && bytes() > NAME_BYTES) characters.pop();
	return characters.join('') + suffix + extension;
}

// Where links do not exist (exFAT, some network drives) an empty file reserves the name instead.
async function place(source, target) {
	try {
		await link(source, target);
	} catch (error) {
		if (!NO_LINKS.includes(error.code)) throw error;
		await (await open(target, 'wx')).close();
		await rename(source, target);
	}
}

// Places the source under the first free name; finds it again when a crash came after the placing.
async function placeUnderFreeName(source, folder, stem, extension) {
	const stats = await lstat(source, { bigint: true });
	for (let number = 1; ; number++) {
		const target = `${folder}/${nameOf(stem, number === 1 ? '' : `_${number}`, extension)}`;
		try {
			await place(source, target);
			return target;
		} catch (error) {
			if (error.code !== 'EEXIST') throw error;
			const taken = await statsOf(target);
			if (taken && isSame(taken, stats)) return target;
		}
	}
}

async function remove(path) {
	try {
		await unlink(path);
	} catch (error) {
		if (error.code !== 'ENOENT') throw error;
	}
}

// A file that was written to since its upload is a new recording and stays where it is.
async function moveRecording(row, folder, stem, extension) {
	const part = `${folder}/.${row.id}.part`;
	const stats = await statsOf(row.path);
	if (stats === null || versionOf(stats) !== row.version) return await remove(part);
	let target;
	try {
		target = await placeUnderFreeName(row.path, folder, stem, extension);
	} catch (error) {
		if (error.code !== 'EXDEV') throw error;
		await copyFile(row.path, part);
		target = await placeUnderFreeName(part, folder, stem, extension);
	}
	const after = await statsOf(row.path);
	if (after && versionOf(after) === row.version) await unlink(row.path);
	else if (after) await remove(target);
	await remove(part);
}

async function publish(row) {
	const name = row.path.slice(row.path.lastIndexOf('/') + 1);
	const dot = name.lastIndexOf('.');
	const [stem, extension] = [name.slice(0, dot), name.slice(dot)];
	const isFailure = Boolean(row.errorCode);
	const part = `${settings.outputFolder}/.${row.id}.part`;
	const output = await placeUnderFreeName(
		part,
		settings.outputFolder,
		isFailure ? `failed_${stem}` : stem,
		'.txt',
	);
	await moveRecording(row, isFailure ? settings.failedFolder : settings.doneFolder, stem, extension);
	return { state: isFailure ? 'failed' : 'done', output, part };
}

const results = [];
for (let index = 0; index < $input.all().length; index++) {
	const row = $('Claim Result').itemMatching(index).json;
	const json = { id: row.id, version: row.version };
	try {
		Object.assign(json, await publish(row), { version: '', finishedAt: Date.now() });
	} catch (error) {
		// Back to where it was: the next round of polling tries again.
		json.state = row.errorCode ? 'rejected' : 'submitted';
		json.problem = `${row.path}: ${$input.all()[index].json.error ?? error.message}`;
	}
	results.push({ json, pairedItem: { item: index } });
}
return results;
