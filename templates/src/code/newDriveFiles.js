// @ts-check
import { extensionOf } from './extensionOf.js';
import { isDriveRecording } from './isDriveRecording.js';

/**
 * Gives the files that are not in the table yet, and says which of them are no recordings. Hidden files,
 * such as those that macOS puts beside others, are left alone.
 *
 * @param {CodeNode} n8n
 */
export function newDriveFiles({ $, $input }) {
	const RESULTS = ['docx', 'srt']; // what this workflow writes itself
	const NEW_FILES_AT_ONCE = 100; // the others are found by the next look

	function rowOf({ id: fileId, name, mimeType }) {
		const isRecording = isDriveRecording(name, mimeType);
		return {
			fileId,
			name,
			mimeType,
			state: isRecording ? 'waiting' : 'skipped',
			errorCode: isRecording ? '' : 'NOT_A_RECORDING',
			errorMessage: isRecording
				? ''
				: 'This is no audio or video file of a kind that Transcripton takes.',
		};
	}

	const known = new Set($input.all().map((item) => item.json.fileId));
	const arrived = $('When a File Arrives').isExecuted ? $('When a File Arrives').all() : [];
	const rows = [];
	for (const { json: file } of [...arrived, ...$('List Folder').all()]) {
		const isHidden = String(file.name ?? '').startsWith('.');
		if (!file.id || known.has(file.id) || isHidden) continue;
		if (RESULTS.includes(extensionOf(file.name))) continue;
		known.add(file.id);
		rows.push(rowOf(file));
	}
	return rows.slice(0, NEW_FILES_AT_ONCE).map((json) => ({ json }));
}
