import type { FileRules } from '../shared/files/upload';

/** What Whipscribe takes: 8 kinds of file; no largest size is documented (Whipscribe API docs). */
export const fileRules: FileRules = {
	provider: 'Whipscribe',
	extensions: ['mp3', 'm4a', 'wav', 'mp4', 'mov', 'ogg', 'webm', 'flac'],
	mostBytes: Infinity,
};
