import type { FileRules } from '../shared/files/upload';

/** What Transcripton takes: 11 kinds of file, up to 2 GB on its largest plan (API reference). */
export const fileRules: FileRules = {
	provider: 'Transcripton',
	extensions: ['mp3', 'm4a', 'wav', 'ogg', 'opus', 'flac', 'webm', 'mp4', 'mov', 'mkv', 'avi'],
	mostBytes: 2 * 1024 ** 3,
};
