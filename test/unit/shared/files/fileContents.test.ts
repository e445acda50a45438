import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';

import { samplesFolder } from '../../../../dev/paths';
import { contentsOf, readContents } from '../../../../nodes/shared/files/fileContents';
import { kindNamed } from '../../../../nodes/shared/files/fileKinds';

const latin1 = (text: string) => Buffer.from(text, 'latin1');
const isoMedia = (brand: string) => latin1(`\0\0\0\x20ftyp${brand}\0\0\x02\0isomiso2avc1mp41`);
const ogg = (page: string) => latin1(`OggS\0\x02${'\0'.repeat(20)}\x01\x13${page}`);
const ebml = (type: string) =>
	latin1(`\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\xf7\x81\x01\x42\x82\x88${type}\x42\x87\x81\x04`);
const tagged = (rest: Buffer, tagBytes = 20) =>
	Buffer.concat([
		latin1(`ID3\x04\0\0\0\0\0${String.fromCharCode(tagBytes)}`),
		Buffer.alloc(tagBytes),
		rest,
	]);
const packets = (bytes: number, from: number) => {
	const stream = Buffer.alloc(bytes * 4);
	for (let packet = 0; packet < 4; packet += 1) stream[from + packet * bytes] = 0x47;
	return stream;
};
const frame = (...bytes: number[]) => Buffer.from([...bytes, 0, 0, 0, 0]);

describe('what the first bytes of a file say', () => {
	it.each([
		['customer interview.mp3', 'mp3'],
		['morning-briefing.wav', 'wav'],
		['podcast-intro.ogg', 'opus'],
		['product-demo.mp4', 'mp4'],
		['voice-memo.m4a', 'm4a'],
	])('%s, which ffmpeg made, is %s', async (file, extension) => {
		const bytes = await readFile(join(samplesFolder, file));

		expect(contentsOf(bytes)).toBe(extension);
	});

	it.each([
		['an MPEG frame of layer III', frame(0xff, 0xfb, 0x90, 0x64), 'mp3'],
		['an MPEG frame of layer II', frame(0xff, 0xfd, 0x84, 0x00), 'mp3'],
		['a tag', tagged(frame(0xff, 0xf3, 0x40, 0xc0)), 'mp3'],
		['a tag longer than what is looked at', tagged(Buffer.alloc(0), 100), 'mp3'],
		['a tag before FLAC', tagged(latin1('fLaC\0')), 'flac'],
		['an ADTS frame', frame(0xff, 0xf1, 0x50, 0x80), 'aac'],
		['RIFF of samples', latin1('RIFF\x24\0\0\0WAVEfmt '), 'wav'],
		['RF64', latin1('RF64\xff\xff\xff\xffWAVEds64\x1c\0\0\0'), 'wav'],
		['RIFF of pictures and sound', latin1('RIFF\x24\0\0\0AVI LIST'), 'avi'],
		['Ogg Opus', ogg('OpusHead\x01\x02'), 'opus'],
		['Ogg Vorbis', ogg('\x01vorbis\0'), 'ogg'],
		['Ogg Theora', ogg('\x80theora\x03'), 'ogv'],
		['FLAC', latin1('fLaC\0\0\0\x22'), 'flac'],
		['an MP4', isoMedia('isom'), 'mp4'],
		['an MP4 of version 2', isoMedia('mp42'), 'mp4'],
		['an M4A', isoMedia('M4A '), 'm4a'],
		['an M4V', isoMedia('M4V '), 'm4v'],
		['a QuickTime movie', isoMedia('qt  '), 'mov'],
		['an old QuickTime movie', latin1('\0\0\0\x08wide\0\0\x10\0mdat'), 'mov'],
		['a 3GP', isoMedia('3gp4'), '3gp'],
		['a 3G2', isoMedia('3g2a'), '3g2'],
		['a picture of a phone', isoMedia('heic'), 'heic'],
		['Matroska', ebml('matroska'), 'mkv'],
		['WebM', ebml('webm'), 'webm'],
		['ASF', latin1('\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\0\xaa'), 'asf'],
		['Flash video', latin1('FLV\x01\x05'), 'flv'],
		['AIFF', latin1('FORM\0\0\x10\0AIFFCOMM'), 'aiff'],
		['AIFF-C', latin1('FORM\0\0\x10\0AIFCFVER'), 'aiff'],
		['Core Audio', latin1('caff\0\x01\0\0desc'), 'caf'],
		['AMR', latin1('#!AMR\n\x3c'), 'amr'],
		['AMR of wide band', latin1('#!AMR-WB\n\x3c'), 'awb'],
		['a transport stream', packets(188, 0), 'ts'],
		['a camera’s transport stream', packets(192, 4), 'ts'],
		['a program stream', latin1('\0\0\x01\xba\x44\0'), 'mpeg'],
		['a web page', latin1('\n <!DOCTYPE html><title>Sign in</title>'), 'html'],
		['a web page behind a byte order mark', Buffer.from('\ufeff<html lang="de">'), 'html'],
		['an error in JSON', latin1('{"error":{"code":404}}'), 'json'],
		['a PDF', latin1('%PDF-1.7'), 'pdf'],
		['a ZIP', latin1('PK\x03\x04\x14\0'), 'zip'],
	])('%s', (_what, bytes, extension) => {
		expect(contentsOf(bytes)).toBe(extension);
		expect(kindNamed(extension)).toBeDefined();
	});

	it.each([
		['nothing', Buffer.alloc(0)],
		['silence', Buffer.alloc(4096)],
		['words', latin1('sound of speech')],
		['words that begin with the mark of Core Audio', latin1('caffeine keeps us awake')],
		['words that begin with the mark of a tag', latin1('ID3 tags hold the title\n')],
		['words that begin with the mark of Flash video', latin1('FLV was the format of 2005')],
		['words that begin with the mark of Ogg', Buffer.from('OggS – the pages of a file')],
		['words with an atom of QuickTime', latin1('The free lunch is over')],
		['words with another atom of QuickTime', latin1("I'd skip the first ten minutes")],
		['words behind a third atom of QuickTime', latin1('The wide\r\n\tand the narrow')],
		['words in UTF-16', Buffer.from('\ufeffWeekly sync', 'utf16le')],
		['one byte of a frame', Buffer.from([0xff])],
		['a frame with a reserved rate', frame(0xff, 0xfb, 0xf0, 0x64)],
		['a RIFF of something else', latin1('RIFF\x24\0\0\0ACON')],
	])('say nothing of %s', (_what, bytes) => {
		expect(contentsOf(bytes)).toBeUndefined();
	});
});

describe('looking at the first bytes of a file', () => {
	it('reads no more than a few kilobytes of it, and closes it', async () => {
		let given = 0;
		const endless = new Readable({
			highWaterMark: 1024,
			read() {
				given += 1024;
				this.push(
					given === 1024
						? Buffer.concat([isoMedia('isom'), Buffer.alloc(1000)])
						: Buffer.alloc(1024),
				);
			},
		});

		expect(await readContents({ open: async () => endless as never })).toBe('mp4');
		expect(given).toBeLessThan(16 * 1024);
		expect(endless.destroyed).toBe(true);
	});

	it('closes a file that is shorter, and one that breaks off', async () => {
		const short = Readable.from([latin1('fL'), latin1('aC\0')]);
		const broken = new Readable({ read: () => broken.destroy(new Error('EIO')) });

		expect(await readContents({ open: async () => short as never })).toBe('flac');
		await expect(readContents({ open: async () => broken as never })).rejects.toThrow('EIO');
		expect([short, broken].map(({ destroyed }) => destroyed)).toEqual([true, true]);
	});

	it('takes a file in memory as it is', async () => {
		expect(await readContents({ open: async () => isoMedia('M4A ') })).toBe('m4a');
	});
});
