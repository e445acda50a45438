// @ts-check

const MINUTE = 60_000;
const KEPT_MS = 30 * 24 * 3600 * 1000;
const FORGOTTEN_AT_ONCE = 50; // so that a look stays short
const MOVED_AFTER_MS = 30 * 1000; // a search in Drive may be out of date for some seconds
const TOLD_AFTER_MS = 10 * MINUTE; // a move that failed is tried by each look until then
const BYTES_PER_MS = 256; // of a slow line
const LEASE_WITHOUT_END_MS = 15 * MINUTE; // as 0.1.0 noted it
const WORKED_ON = ['downloading', 'sending', 'submitted'];
const TO_TELL = 'to tell';
const RESULTS = 2; // of a recording: its document and its subtitles
const NOT_MOVED = {
	state: 'notMoved',
	errorCode: 'NOT_MOVED',
	errorMessage:
		'Its document and its subtitles are written, but Drive does not let it be moved into the Done folder.',
};

/**
 * Decides about the files in the table: which to work on, to forget, to move, and of which to tell. Whoever
 * works on a file is its `owner` until the time that is noted there; then it is free for any other. The IDs
 * of its results are reserved with it.
 *
 * @param {CodeNode} n8n
 */
export function driveActions({ $, $input, $execution }) {
	const settings = $('Folder IDs').first().json;
	const now = Date.now();
	const listed = $('List Folder')
		.all()
		.map(({ json }) => json);
	const arrived = $('When a File Arrives').isExecuted ? $('When a File Arrives').all() : [];
	const present = new Set([...listed, ...arrived.map(({ json }) => json)].map(({ id }) => id));
	const sizes = new Map(listed.map(({ id, size }) => [id, Number(size) || 0]));
	const rows = $input
		.all()
		.map(({ json }) => json)
		.filter(({ id }) => id !== undefined)
		.sort((a, b) => a.id - b.id);

	const isHeld = (row) => WORKED_ON.includes(row.state) && now < leaseEndOf(row);
	const change = (row, columns) => ({
		id: row.id,
		from: row.state,
		wasOwner: row.owner ?? null,
		owner: '',
		attempts: row.attempts ?? 0,
		claimedAt: row.claimedAt ?? 0,
		docxId: row.docxId ?? '',
		srtId: row.srtId ?? '',
		errorCode: row.errorCode ?? '',
		errorMessage: row.errorMessage ?? '',
		...columns,
	});

	const known = new Set();
	/** @type {Record<string, any[]>} */
	const decisions = { told: [], forgotten: [], moved: [], free: [] };
	for (const row of rows) {
		const isGone = !present.has(row.fileId);
		const isWritten = ['done', 'notMoved'].includes(row.state);
		const ageMs = now - row.finishedAt;
		const isOld = isWritten && ageMs > KEPT_MS;
		const isIdle = ['waiting', 'skipped'].includes(row.state);
		// the trigger and the schedule may both have recorded a file: its first row counts
		const isSecond = known.has(row.fileId);
		known.add(row.fileId);
		if (isHeld(row)) continue;
		if (row.state === 'sending') decisions.told.push(change(row, unsure(row)));
		else if (row.owner === TO_TELL) decisions.told.push(change(row, { state: row.state }));
		else if (row.state === 'gone' || (isIdle && (isSecond || isGone)) || (isOld && isGone)) {
			decisions.forgotten.push(change(row, { state: 'gone' }));
		} else if (row.state === 'done' && !isGone && ageMs > TOLD_AFTER_MS && !row.errorCode) {
			decisions.told.push(change(row, NOT_MOVED));
		} else if (isWritten && !isGone && ageMs > MOVED_AFTER_MS) {
			decisions.moved.push(change(row, { state: 'done' }));
		} else if (row.state === 'waiting' || WORKED_ON.includes(row.state)) {
			if (!isSecond) decisions.free.push(row);
		}
	}

	const newIds = [...$('New IDs').first().json.ids];
	const reserved = () => `reserved ${newIds.pop()}`; // read by reservedIdOf.js
	const room = Math.min(
		settings.maxParallel - rows.filter(isHeld).length,
		Math.floor(newIds.length / RESULTS),
	);

	// paid jobs first, then files that had no try yet
	const rank = ({ state, attempts }) => (state === 'submitted' ? -1 : (attempts ?? 0));
	const taken = decisions.free
		.sort((a, b) => rank(a) - rank(b) || a.id - b.id)
		.slice(0, Math.max(0, room));
	const bytes = taken.reduce((sum, { fileId }) => sum + (sizes.get(fileId) ?? 0), 0);

	function claim(row) {
		const isSent = row.state === 'submitted';
		const attempts = (row.attempts ?? 0) + 1;
		// a line on which a file takes longer than its size says gives it twice the time with each try
		const times = isSent ? 1 : 2 ** (attempts - 1);
		const leaseMs = settings.leaseMinutes * MINUTE * times + bytes / BYTES_PER_MS;
		const waitMs = settings.timeoutMinutes * MINUTE;
		const owner = ownerUntil($execution.id, now + leaseMs + (isSent ? waitMs : 0));
		const state = isSent ? 'submitted' : 'downloading';
		const docxId = row.docxId || reserved();
		const srtId = row.srtId || reserved();
		return {
			...change(row, { state, owner, attempts, claimedAt: now, docxId, srtId }),
			leaseMs,
			waitMs: leaseMs + waitMs,
		};
	}

	const { told, forgotten, moved } = decisions;
	const actions = [
		...taken.map(claim),
		...forgotten.slice(0, FORGOTTEN_AT_ONCE),
		...moved,
		...told,
	];
	return actions.map((json) => ({ json }));
}

/** Who works on a file, and until when. */
function ownerUntil(executionId, time) {
	return `${executionId} until ${new Date(time).toISOString()}`;
}

/** When somebody else may work on a file that is being worked on. */
function leaseEndOf({ owner, claimedAt }) {
	if (!owner) return 0;
	const end = Date.parse(/ until (.+)$/.exec(owner)?.[1] ?? '');
	return Number.isNaN(end) ? (claimedAt ?? 0) + LEASE_WITHOUT_END_MS : end;
}

/** Transcripton has no key that would make a second submission harmless. */
function unsure({ errorCode, errorMessage }) {
	return {
		state: 'lookAtIt',
		errorCode: errorCode || 'STOPPED_WHILE_SENDING',
		errorMessage:
			errorMessage ||
			'n8n stopped while this file was being sent. Look whether Transcripton has the job before it is sent again.',
	};
}
