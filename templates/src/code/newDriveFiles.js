// @ts-check

/**
 * Gives the files that are not in the table yet, and says which of them are no recordings. Hidden files,
 * such as those that macOS puts beside others, are left alone.
 *
 * @param {CodeNode} n8n
 */
export function newDriveFiles({ $, $input }) {
	// what Transcripton takes, and the other names of the same kinds, which the node exchanges for its own
	const EXTENSIONS = new Set(
		(
			'mp3 mpga mp2 mp2a m2a m3a mpa wav wave m4a m4b m4r mp4a mp4 mp4v mpg4 m4v mov qt qta ' +
			'ogg oga spx ogx opus webm weba mkv mk3d mka flac avi divx'
		).split(' '),
	);
	// types that are enough where the name says nothing
	const TYPES = new Set(
		(
			'audio/mpeg audio/mp3 audio/wav audio/wave audio/x-wav audio/vnd.wave audio/mp4 audio/m4a ' +
			'audio/x-m4a audio/ogg application/ogg audio/opus audio/webm audio/flac audio/x-flac ' +
			'audio/x-matroska video/mp4 application/mp4 video/x-m4v video/quicktime video/webm ' +
			'video/x-matroska video/matroska video/x-msvideo video/avi video/vnd.avi'
		).split(' '),
	);
	const MEDIA = /^(audio|video)\/|^application\/(ogg|mp4|octet-stream)$/;
	const RESULTS = ['docx', 'srt']; // what this workflow writes itself
	const NEW_FILES_AT_ONCE = 100; // the others are found by the next look

	function rowOf({ id: fileId, name, mimeType }) {
		const type = typeOf(mimeType);
		const isMedia = EXTENSIONS.has(extensionOf(name)) && MEDIA.test(type);
		const isRecording = TYPES.has(type) || isMedia;
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

/** @param {unknown} name */
function extensionOf(name) {
	const [, extension = ''] = /\.([^.]+)$/.exec(String(name ?? '')) ?? [];
	return extension.trim().toLowerCase();
}

/** @param {unknown} mimeType as a server wrote it, with its parameters */
function typeOf(mimeType) {
	const [type] = String(mimeType || 'application/octet-stream').split(';');
	return type.trim().toLowerCase();
}
