import { exportName, nameInLink } from '../../../../nodes/shared/files/exportName';

describe('the name of a file that was made of a recording', () => {
	it.each([
		['meeting.mp3', 'meeting.srt'],
		['Meeting 2026-11-26.MP4', 'Meeting 2026-11-26.srt'],
		['v1.2 draft', 'v1.2 draft.srt'],
		['minutes.final', 'minutes.final.srt'],
		['my%20call.mp3', 'my call.srt'],
		['C:\\Recordings\\talk.wav', 'talk.srt'],
		['../../../etc/talk.wav', 'talk.srt'],
		['a\nb.ogg', 'a b.srt'],
		['🎧.m4a', '🎧.srt'],
	])('of %j is %j', (recording, expected) => {
		expect(exportName(recording, 'srt')).toBe(expected);
	});

	it.each(['', '   ', '..', '/', '.mp3', 'folder/'])('of %j is left to others', (recording) => {
		expect(exportName(recording, 'srt')).toBeUndefined();
	});

	it.each(['x', 'ü', '🎧', 'e\u0301'])('fits into a folder, made of %j', (character) => {
		const name = exportName(`${character.repeat(300)}.mp3`, 'docx')!;

		expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
		expect(Buffer.byteLength(name)).toBeGreaterThan(240);
		expect(name).toMatch(/^[^\ufffd]+\.docx$/);
	});
});

describe('the name of the recording behind a link', () => {
	it.each([
		['https://example.com/a/Episode%2012.mp3', 'Episode 12.mp3'],
		['https://example.com/talk.mp4?X-Amz-Signature=secret#t=3', 'talk.mp4'],
		[' https://example.com/talk.ogg ', 'talk.ogg'],
		['https://www.youtube.com/watch?v=abc.mp3', null],
		['https://example.com/', null],
		['https://example.com/meeting', null],
		['no link', null],
		[undefined, null],
	])('%j is %j', (url, expected) => {
		expect(nameInLink(url)).toBe(expected);
	});
});
