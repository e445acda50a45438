// Lists the input folder and says what to do about each file: record, forget, claim or release.
const { lstat, mkdir, readdir } = require('fs/promises');

// what Scriptivox takes, and the other names of the same kinds, which the node exchanges for its own
const EXTENSIONS = new Set(
	('mp3 mpga mp2 mp2a m2a m3a mpa wav wave m4a m4b m4r mp4a mp4 mp4v mpg4 m4v mov qt qta f4v ' +
		'3gp 3gpp ogg oga spx ogx opus ogv webm weba mkv mk3d mka flac aac adts adt aiff aif aifc caf ' +
		'wma wmv wm asf avi divx flv mpeg mpg mpe m1v m2v vob ts mts m2ts m2t').split(' '),
);
const NEW_FILES_AT_ONCE = 500; // a scan that records more would outlast its ten seconds
const SETTLE_MS = 1000; // two scans may overlap; two looks must lie at least this far apart
const FINISH_LEASE_MS = 10 * 60 * 1000;

const settings = $('Settings').first().json;
// an upload on a slow line, and the wait for the transcript
const WORK_LEASE_MS = 12 * 3600 * 1000 + settings.timeoutMinutes * 60 * 1000;
const rows = $input.all().map((item) => item.json).filter((row) => row.id !== undefined);
const folder = settings.inputFolder.replace(/\/+$/, '');
const now = Date.now();

for (const each of [folder, settings.outputFolder, settings.doneFolder, settings.failedFolder]) {
	await mkdir(each, { recursive: true });
}

function isRecording(name) {
	const dot = name.lastIndexOf('.');
	return dot > 0 && EXTENSIONS.has(name.slice(dot + 1).trim().toLowerCase());
}

// Only regular files: a link or a folder that bears a media extension is left alone.
async function look(name) {
	const path = `${folder}/${name}`;
	try {
		const stats = await lstat(path, { bigint: true });
		if (!stats.isFile()) return null;
		const version = `${stats.ino}:${stats.size}:${stats.mtimeNs}`;
		return { path, version, changedAt: String(stats.ctimeNs) };
	} catch (error) {
		if (error.code === 'ENOENT') return null;
		throw error;
	}
}

const files = new Map();
for (const name of (await readdir(folder)).filter(isRecording)) {
	const file = await look(name);
	if (file) files.set(file.path, file);
}

const actions = [];
const recorded = new Set();
const claimable = [];
rows.sort((a, b) => Number(!a.state) - Number(!b.state) || a.id - b.id);
for (const row of rows) {
	const file = files.get(row.path);
	const drop = JSON.stringify([row.path, row.version]);
	if (!row.state) {
		const isCurrent = file !== undefined && file.version === row.version && !recorded.has(drop);
		if (!isCurrent) actions.push({ action: 'forget', id: row.id });
		else if (now - row.seenAt >= SETTLE_MS) claimable.push(row);
	} else if (row.state === 'working' && now - row.claimedAt > WORK_LEASE_MS) {
		// without a key a second try might be paid a second time
		const mayBePaid = row.sentAt && !row.idempotencyKey;
		const outcome = mayBePaid ? { state: 'rejected', errorCode: 'INTERRUPTED' } : { state: '' };
		actions.push({ action: 'release', id: row.id, owner: row.owner, from: row.state, ...outcome });
	} else if (row.state === 'finishing' && now - row.claimedAt > FINISH_LEASE_MS) {
		const state = row.errorCode ? 'rejected' : 'transcribed';
		actions.push({ action: 'release', id: row.id, owner: row.owner, from: row.state, state, errorCode: row.errorCode, errorMessage: row.errorMessage });
	}
	recorded.add(drop);
}

const isNew = (file) => !recorded.has(JSON.stringify([file.path, file.version]));
for (const file of [...files.values()].filter(isNew).slice(0, NEW_FILES_AT_ONCE)) {
	actions.push({ action: 'record', ...file, seenAt: now });
}

const working = rows.filter((row) => row.state === 'working').length;
const free = Math.max(0, settings.maxParallel - working);
claimable.sort((a, b) => (a.attempts ?? 0) - (b.attempts ?? 0) || a.seenAt - b.seenAt || a.id - b.id);
for (const row of claimable.slice(0, free)) {
	actions.push({ action: 'claim', id: row.id, attempts: (row.attempts ?? 0) + 1 });
}

return actions.map((json) => ({ json }));
