/** A kind of file: the names and the types that it goes by. */
export interface FileKind {
	/** Extensions that mean it, in lower case without a dot, the usual one first. */
	names: readonly string[];
	/** The usual MIME type. */
	type: string;
	/** Other types that mean it. */
	otherTypes?: readonly string[];
	/** How its bytes are laid out: kinds of one container begin alike. */
	container: string;
	/** The usual name of the wider kind that it is one of: every reader of that one reads it too. */
	partOf?: string;
}

/**
 * Kinds of recording (IANA's media types; RFC 3003 for mp3, RFC 5334 and 7845 for Ogg, RFC 4337 for
 * MP4; Microsoft's page on ASF for wmv and asf). The first kind with a type is the one it stands for.
 */
export const RECORDING_KINDS: readonly FileKind[] = [
	{
		names: ['mp3', 'mpga', 'mp2', 'mp2a', 'm2a', 'm3a', 'mpa'],
		type: 'audio/mpeg',
		otherTypes: ['audio/mp3', 'audio/mpeg3', 'audio/mpg', 'audio/x-mp3', 'audio/x-mpeg'],
		container: 'mpegAudio',
	},
	{
		names: ['wav', 'wave'],
		type: 'audio/wav',
		otherTypes: ['audio/wave', 'audio/x-wav', 'audio/vnd.wave', 'audio/x-pn-wav'],
		container: 'wave',
	},
	{
		names: ['m4a', 'm4b', 'm4r', 'mp4a'],
		type: 'audio/mp4',
		otherTypes: ['audio/m4a', 'audio/x-m4a', 'audio/m4b', 'audio/x-m4b', 'audio/mp4a-latm'],
		container: 'isoMedia',
	},
	{
		names: ['mp4', 'mp4v', 'mpg4'],
		type: 'video/mp4',
		otherTypes: ['application/mp4', 'video/x-mp4'],
		container: 'isoMedia',
	},
	{ names: ['m4v'], type: 'video/x-m4v', container: 'isoMedia', partOf: 'mp4' },
	{ names: ['mov', 'qt'], type: 'video/quicktime', container: 'isoMedia' },
	{ names: ['qta'], type: 'audio/quicktime', container: 'isoMedia', partOf: 'mov' },
	{ names: ['f4v'], type: 'video/x-f4v', container: 'isoMedia' },
	{
		names: ['3gp', '3gpp'],
		type: 'video/3gpp',
		otherTypes: ['audio/3gpp'],
		container: 'isoMedia',
	},
	{
		names: ['3g2', '3gpp2'],
		type: 'video/3gpp2',
		otherTypes: ['audio/3gpp2'],
		container: 'isoMedia',
	},
	{
		names: ['ogg', 'oga', 'spx', 'ogx'],
		type: 'audio/ogg',
		otherTypes: ['application/ogg', 'audio/x-ogg', 'audio/vorbis', 'audio/speex'],
		container: 'ogg',
	},
	{
		names: ['opus'],
		type: 'audio/opus',
		otherTypes: ['audio/x-opus', 'audio/x-opus+ogg'],
		container: 'ogg',
		partOf: 'ogg',
	},
	{ names: ['ogv'], type: 'video/ogg', container: 'ogg' },
	{ names: ['webm'], type: 'video/webm', otherTypes: ['audio/webm'], container: 'matroska' },
	{ names: ['weba'], type: 'audio/webm', container: 'matroska', partOf: 'webm' },
	{
		names: ['mkv', 'mk3d'],
		type: 'video/x-matroska',
		otherTypes: ['video/matroska', 'video/x-matroska-3d'],
		container: 'matroska',
	},
	{
		names: ['mka'],
		type: 'audio/x-matroska',
		otherTypes: ['audio/matroska'],
		container: 'matroska',
		partOf: 'mkv',
	},
	{ names: ['flac'], type: 'audio/flac', otherTypes: ['audio/x-flac'], container: 'flac' },
	{
		names: ['aac', 'adts', 'adt'],
		type: 'audio/aac',
		otherTypes: ['audio/x-aac', 'audio/aacp', 'audio/x-hx-aac-adts'],
		container: 'mpegAudio',
	},
	{
		names: ['aiff', 'aif', 'aifc'],
		type: 'audio/aiff',
		otherTypes: ['audio/x-aiff'],
		container: 'aiff',
	},
	{ names: ['caf'], type: 'audio/x-caf', container: 'caf' },
	{ names: ['wma'], type: 'audio/x-ms-wma', container: 'asf' },
	{ names: ['wmv', 'wm'], type: 'video/x-ms-wmv', otherTypes: ['video/x-ms-wm'], container: 'asf' },
	{
		names: ['asf'],
		type: 'video/x-ms-asf',
		otherTypes: ['audio/x-ms-asf', 'application/vnd.ms-asf'],
		container: 'asf',
		partOf: 'wmv',
	},
	{
		names: ['avi', 'divx'],
		type: 'video/x-msvideo',
		otherTypes: ['video/avi', 'video/msvideo', 'video/vnd.avi', 'video/divx'],
		container: 'avi',
	},
	{ names: ['flv'], type: 'video/x-flv', otherTypes: ['video/flv'], container: 'flv' },
	{
		names: ['mpeg', 'mpg', 'mpe', 'm1v', 'm2v'],
		type: 'video/mpeg',
		otherTypes: ['video/mpg', 'video/x-mpeg', 'video/mp2p', 'video/mp1s'],
		container: 'mpegProgram',
	},
	{
		names: ['vob'],
		type: 'video/x-ms-vob',
		otherTypes: ['video/dvd'],
		container: 'mpegProgram',
	},
	{
		names: ['ts', 'mts', 'm2ts', 'm2t'],
		type: 'video/mp2t',
		otherTypes: ['video/m2ts', 'video/vnd.dlna.mpeg-tts'],
		container: 'mpegTransport',
	},
	{ names: ['amr'], type: 'audio/amr', container: 'amr' },
	{ names: ['awb'], type: 'audio/amr-wb', container: 'amrWide' },
	{ names: ['au', 'snd'], type: 'audio/basic', container: 'au' },
	{
		names: ['mid', 'midi', 'kar', 'rmi'],
		type: 'audio/midi',
		otherTypes: ['audio/x-midi'],
		container: 'midi',
	},
	// these share a type with a kind above and are something else: protected, subtitles, a playlist
	{ names: ['m4p', 'mp4s'], type: 'application/mp4', container: 'isoMedia' },
	{ names: ['mks'], type: 'application/x-matroska', container: 'matroska' },
	{ names: ['asx'], type: 'video/x-ms-asf', container: 'text' },
];

/** Kinds of document and picture. */
export const DOCUMENT_KINDS: readonly FileKind[] = [
	{ names: ['pdf'], type: 'application/pdf', container: 'pdf' },
	{ names: ['doc', 'dot'], type: 'application/msword', container: 'ole' },
	{
		names: ['docx'],
		type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
		container: 'zip',
	},
	{
		names: ['xlsx'],
		type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
		container: 'zip',
	},
	{
		names: ['pptx'],
		type: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
		container: 'zip',
	},
	{ names: ['txt', 'text'], type: 'text/plain', container: 'text' },
	{ names: ['png'], type: 'image/png', container: 'png' },
	{ names: ['jpg', 'jpeg', 'jpe'], type: 'image/jpeg', container: 'jpeg' },
	{ names: ['gif'], type: 'image/gif', container: 'gif' },
	{ names: ['webp'], type: 'image/webp', container: 'webp' },
	{ names: ['heic'], type: 'image/heic', container: 'heic' },
	{ names: ['tiff', 'tif'], type: 'image/tiff', container: 'tiff' },
	{ names: ['bmp'], type: 'image/bmp', container: 'bmp' },
	{ names: ['svg'], type: 'image/svg+xml', container: 'text' },
	{ names: ['html', 'htm'], type: 'text/html', container: 'text' },
	{ names: ['json'], type: 'application/json', container: 'text' },
	{ names: ['zip'], type: 'application/zip', container: 'zip' },
];

const ALL_KINDS = [...RECORDING_KINDS, ...DOCUMENT_KINDS];

/** The kind that an extension means; undefined where the pack does not know it. */
export function kindNamed(extension: string): FileKind | undefined {
	return ALL_KINDS.find(({ names }) => names.includes(extension));
}

/** The kind of recording that an extension means; undefined for anything else. */
export function recordingNamed(extension: string): FileKind | undefined {
	return RECORDING_KINDS.find(({ names }) => names.includes(extension));
}

/** The kind of recording that a MIME type means; undefined for anything else. */
export function recordingOfType(mimeType: string): FileKind | undefined {
	return RECORDING_KINDS.find(
		({ type, otherTypes = [] }) => type === mimeType || otherTypes.includes(mimeType),
	);
}
