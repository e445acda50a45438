// @ts-check
import { driveChange } from './driveChange.js';
import { driveDecisions } from './driveDecisions.js';
import { isWorkedOn } from './isWorkedOn.js';
import { ownerUntil } from './ownerUntil.js';

const MINUTE = 60_000;
const FORGOTTEN_AT_ONCE = 50; // so that a look stays short
const BYTES_PER_MS = 256; // of a slow line
const RESULTS = 2; // of a recording: its document and its subtitles

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

	const { told, forgotten, moved, free } = driveDecisions(rows, present, now);
	const newIds = [...$('New IDs').first().json.ids];
	const reserved = () => `reserved ${newIds.pop()}`; // read by reservedIdOf.js
	const room = Math.min(
		settings.maxParallel - rows.filter((row) => isWorkedOn(row, now)).length,
		Math.floor(newIds.length / RESULTS),
	);

	// paid jobs first, then files that had no try yet
	const rank = ({ state, attempts }) => (state === 'submitted' ? -1 : (attempts ?? 0));
	const taken = free.sort((a, b) => rank(a) - rank(b) || a.id - b.id).slice(0, Math.max(0, room));
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
			...driveChange(row, { state, owner, attempts, claimedAt: now, docxId, srtId }),
			leaseMs,
			waitMs: leaseMs + waitMs,
		};
	}

	const actions = [
		...taken.map(claim),
		...forgotten.slice(0, FORGOTTEN_AT_ONCE),
		...moved,
		...told,
	];
	return actions.map((json) => ({ json }));
}
