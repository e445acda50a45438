import type { FileRules } from '../shared/files/upload';

/** The kinds of file that Scriptivox takes, with the types that its own client falls back to. */
const MIME_TYPES: Record<string, string> = {
	mp3: 'audio/mpeg',
	wav: 'audio/wav',
	m4a: 'audio/mp4',
	aac: 'audio/aac',
	ogg: 'audio/ogg',
	flac: 'audio/flac',
	opus: 'audio/opus',
	wma: 'audio/x-ms-wma',
	aiff: 'audio/aiff',
	caf: 'audio/x-caf',
	mp4: 'video/mp4',
	mov: 'video/quicktime',
	avi: 'video/x-msvideo',
	mkv: 'video/x-matroska',
	webm: 'video/webm',
	wmv: 'video/x-ms-wmv',
	flv: 'video/x-flv',
	m4v: 'video/x-m4v',
	'3gp': 'video/3gpp',
	mpeg: 'video/mpeg',
	mts: 'video/mp2t',
	ts: 'video/mp2t',
	ogv: 'video/ogg',
	vob: 'video/mpeg',
	f4v: 'video/mp4',
};

/** What Scriptivox takes: 25 kinds of file, up to 5 GB (Scriptivox API reference). */
export const fileRules: FileRules = {
	provider: 'Scriptivox',
	extensions: Object.keys(MIME_TYPES),
	mostBytes: 5 * 1024 ** 3,
};

/** The type of a kind of file, for where the API names none. */
export function mimeTypeOf(extension: string): string {
	return MIME_TYPES[extension] ?? 'application/octet-stream';
}
