// @ts-check

/**
 * Gives the files that are not in the table yet, and says which of them are no recordings.
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

	const source = $('When a File Arrives').isExecuted ? 'When a File Arrives' : 'List Folder';
	const known = new Set($input.all().map((item) => item.json.fileId));
	const rows = [];
	for (const { json: file } of $(source).all()) {
		const extension =
			/\.([^.]+)$/
				.exec(file.name ?? '')?.[1]
				.trim()
				.toLowerCase() ?? '';
		if (!file.id || known.has(file.id) || RESULTS.includes(extension)) continue;
		known.add(file.id);
		const isRecording =
			TYPES.has(file.mimeType) || (EXTENSIONS.has(extension) && MEDIA.test(file.mimeType));
		rows.push({
			fileId: file.id,
			name: file.name,
			mimeType: file.mimeType,
			state: isRecording ? 'waiting' : 'skipped',
			errorCode: isRecording ? '' : 'NOT_A_RECORDING',
			errorMessage: isRecording
				? ''
				: 'This is no audio or video file of a kind that Transcripton takes.',
		});
	}
	return rows.slice(0, NEW_FILES_AT_ONCE).map((json) => ({ json }));
}
