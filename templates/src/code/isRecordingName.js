// @ts-check

// what Scriptivox takes, and the other names of the same kinds, which the node exchanges for its own
const EXTENSIONS = new Set(
	(
		'mp3 mpga mp2 mp2a m2a m3a mpa wav wave m4a m4b m4r mp4a mp4 mp4v mpg4 m4v mov qt qta f4v ' +
		'3gp 3gpp ogg oga spx ogx opus ogv webm weba mkv mk3d mka flac aac adts adt aiff aif aifc caf ' +
		'wma wmv wm asf avi divx flv mpeg mpg mpe m1v m2v vob ts mts m2ts m2t'
	).split(' '),
);

/**
 * Whether a file is a recording by its name.
 *
 * @param {string} name
 */
export function isRecordingName(name) {
	const dot = name.lastIndexOf('.');
	return (
		dot > 0 &&
		EXTENSIONS.has(
			name
				.slice(dot + 1)
				.trim()
				.toLowerCase(),
		)
	);
}
