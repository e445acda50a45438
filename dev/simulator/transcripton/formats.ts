/** The kinds of file that Transcripton takes (Transcripton API reference). */
export const EXTENSIONS = [
	'mp3',
	'm4a',
	'wav',
	'ogg',
	'opus',
	'flac',
	'webm',
	'mp4',
	'mov',
	'mkv',
	'avi',
] as const;

type Family = 'mpegAudio' | 'isoMedia' | 'wave' | 'ogg' | 'flac' | 'matroska' | 'avi';

const FAMILIES: Record<string, Family | undefined> = {
	mp3: 'mpegAudio',
	m4a: 'isoMedia',
	mp4: 'isoMedia',
	mov: 'isoMedia',
	wav: 'wave',
	ogg: 'ogg',
	opus: 'ogg',
	flac: 'flac',
	webm: 'matroska',
	mkv: 'matroska',
	avi: 'avi',
};

/** A file's extension in lower case, without the dot; empty where it has none. */
export function extensionOf(fileName: string): string {
	return /\.([^./\\]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? '';
}

/** Whether a file begins as its extension says. */
export function beginsAsNamed(fileName: string, firstBytes: Buffer): boolean {
	const family = FAMILIES[extensionOf(fileName)];
	return family !== undefined && family === familyOf(firstBytes);
}

function familyOf(bytes: Buffer): Family | undefined {
	const text = (from: number, to: number) => bytes.toString('latin1', from, to);
	if (text(0, 3) === 'ID3' || (bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe0) === 0xe0)) {
		return 'mpegAudio';
	}
	if (['ftyp', 'moov', 'mdat', 'free', 'wide'].includes(text(4, 8))) return 'isoMedia';
	if (text(0, 4) === 'RIFF') return text(8, 12) === 'AVI ' ? 'avi' : 'wave';
	if (text(0, 4) === 'OggS') return 'ogg';
	if (text(0, 4) === 'fLaC') return 'flac';
	return bytes.toString('hex', 0, 4) === '1a45dfa3' ? 'matroska' : undefined;
}
