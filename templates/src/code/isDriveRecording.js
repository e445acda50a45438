// @ts-check
import { extensionOf } from './extensionOf.js';

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

/**
 * Whether a file is a recording that Transcripton takes, by the type that its server names and by its name.
 *
 * @param {unknown} name
 * @param {unknown} mimeType
 */
export function isDriveRecording(name, mimeType) {
	const type = typeOf(mimeType);
	return TYPES.has(type) || (EXTENSIONS.has(extensionOf(name)) && MEDIA.test(type));
}

/** @param {unknown} mimeType as a server wrote it, with its parameters */
function typeOf(mimeType) {
	const [type] = String(mimeType || 'application/octet-stream').split(';');
	return type.trim().toLowerCase();
}
