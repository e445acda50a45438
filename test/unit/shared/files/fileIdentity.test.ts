import { createRequire } from 'node:module';

import { recordingIdentity, typeIdentity } from '../../../../nodes/shared/files/fileIdentity';
import { RECORDING_KINDS } from '../../../../nodes/shared/files/fileKinds';
import { plainName } from '../../../../nodes/shared/files/fileName';
import { SENDERS_BY_NAME } from '../../harness/senders';

/** The table by which n8n itself names types and extensions. */
const { extension: extensionOfType, types: typesByExtension } = createRequire(
	require.resolve('n8n-core'),
)('mime-types') as {
	extension(type: string): string | false;
	types: Record<string, string>;
};

const isMedia = (type: string) => /^(audio|video)\//.test(type);
const mediaExtensions = Object.keys(typesByExtension).filter((extension) =>
	isMedia(typesByExtension[extension]!),
);

/** What n8n names other than sound and pictures of a kind that a provider takes. */
const TAKEN_BY_NOBODY = new Set(
	(
		'adp amr au snd mid midi kar rmi mxmf s3m sil uva uvva eol dra dts dtshd lvp pya ecelp4800 ' +
		'ecelp7470 ecelp9600 rip m3u wax ram ra rmp xm 3g2 h261 h263 h264 m4s jpgv mj2 mjp2 uvh uvvh uvm ' +
		'uvvm uvp uvvp uvs uvvs uvv uvvv dvb fvt mxu m4u pyv uvu uvvu viv fli mks mng asx wmx wvx movie smv'
	).split(' '),
);

/** What each provider refuses besides: kinds that it does not take under any name. */
const REFUSED: Record<string, Set<string>> = {
	Scriptivox: new Set(),
	Transcripton: new Set(
		'3gpp 3gp adts aac aif aiff aifc caf wma mts ts m2t m2ts mpeg mpg mpe m1v m2v ogv f4v flv asf vob wm wmv'.split(
			' ',
		),
	),
	Whipscribe: new Set(
		'3gpp 3gp adts aac aif aiff aifc caf wma mts ts m2t m2ts mpeg mpg mpe m1v m2v ogv f4v flv asf vob wm wmv mka mkv mk3d avi'.split(
			' ',
		),
	),
};

describe.each(SENDERS_BY_NAME)('the name under which $provider gets a recording', (sender) => {
	const taken = sender.extensions!;
	const refused = REFUSED[sender.provider]!;

	it.each(mediaExtensions)(
		'n8n’s own table: .%s is taken or refused as its kind is',
		(extension) => {
			const mimeType = typesByExtension[extension]!;
			const { name, isKnown, ...identity } = recordingIdentity(
				{ fileName: `talk.${extension}`, fileExtension: extension, mimeType },
				taken,
			);

			const isRefused = TAKEN_BY_NOBODY.has(extension) || refused.has(extension);
			expect(taken.includes(identity.extension)).toBe(!isRefused);
			expect(name).toBe(`talk.${isRefused ? extension : identity.extension}`);
			if (taken.includes(extension)) expect(identity.extension).toBe(extension);
			// what is of a kind that nobody knows is looked at; all that a provider takes is known
			if (!isRefused) expect(isKnown).toBe(true);
		},
	);

	it.each([...new Set(mediaExtensions.map((extension) => typesByExtension[extension]!))])(
		'n8n’s own table: a download of the type %s has the name that n8n’s extension leads to',
		(mimeType) => {
			const extension = extensionOfType(mimeType) as string;
			const byExtension = recordingIdentity(
				{ fileName: 'download', fileExtension: extension },
				taken,
			);
			const byType = recordingIdentity({ fileName: 'download', mimeType }, taken);

			const isRefused = TAKEN_BY_NOBODY.has(extension) || refused.has(extension);
			expect(taken.includes(byType.extension)).toBe(!isRefused);
			if (!isRefused) expect(byType.name).toBe(byExtension.name);
		},
	);

	it.each(taken)('its own extension .%s stays, in capitals too', (extension) => {
		for (const each of [extension, extension.toUpperCase()]) {
			const fileName = `talk.${each}`;
			expect(recordingIdentity({ fileName }, taken)).toMatchObject({ name: fileName, extension });
		}
	});
});

describe('the table of kinds', () => {
	it('names each extension once', () => {
		const names = RECORDING_KINDS.flatMap((kind) => kind.names);

		expect(names).toEqual([...new Set(names)]);
	});

	it('knows every kind that another is part of', () => {
		const wider = RECORDING_KINDS.flatMap(({ partOf }) => partOf ?? []);

		expect(RECORDING_KINDS.map(({ names }) => names[0])).toEqual(expect.arrayContaining(wider));
	});
});

const TAKEN = ['mp3', 'm4a', 'wav', 'mp4', 'mov', 'ogg', 'webm', 'flac'];

describe('what decides about a recording', () => {
	it.each([
		// another name of the same kind
		[{ fileName: 'file_12.oga', mimeType: 'audio/ogg' }, 'file_12.ogg', 'audio/ogg'],
		[{ fileName: 'note.opus', mimeType: 'audio/ogg; codecs=opus' }, 'note.ogg', 'audio/ogg'],
		[{ fileName: 'Song.MPGA', mimeType: 'audio/mpeg' }, 'Song.mp3', 'audio/mpeg'],
		[{ fileName: 'clip.qt', mimeType: 'video/quicktime' }, 'clip.mov', 'video/quicktime'],
		[{ fileName: 'book.m4b', mimeType: 'audio/x-m4b' }, 'book.m4a', 'audio/x-m4b'],
		[{ fileName: 'rec.weba', mimeType: 'audio/webm;codecs=opus' }, 'rec.webm', 'audio/webm'],
		[{ fileName: 'film.m4v', mimeType: 'video/x-m4v' }, 'film.mp4', 'video/mp4'],
		// no extension, or none that says anything
		[{ fileName: 'download', mimeType: 'audio/mpeg' }, 'download.mp3', 'audio/mpeg'],
		[{ fileName: 'Weekly sync', mimeType: 'video/mp4' }, 'Weekly sync.mp4', 'video/mp4'],
		[{ fileName: 'Sync 12.05.2026', mimeType: 'video/mp4' }, 'Sync 12.05.2026.mp4', 'video/mp4'],
		[{ fileName: 'get.php', mimeType: 'audio/x-wav' }, 'get.php.wav', 'audio/x-wav'],
		[{ fileName: 'voice', fileExtension: 'oga' }, 'voice.ogg', 'audio/ogg'],
		[{ fileName: 'voice', fileExtension: '.MP3' }, 'voice.mp3', 'audio/mpeg'],
		[{ fileExtension: 'mpga', mimeType: 'audio/mpeg' }, 'recording.mp3', 'audio/mpeg'],
		// a type that says nothing
		[{ fileName: 'a.mp3', mimeType: 'application/octet-stream' }, 'a.mp3', 'audio/mpeg'],
		[{ fileName: 'a.mp3', mimeType: '' }, 'a.mp3', 'audio/mpeg'],
		[{ fileName: 'a.mp3' }, 'a.mp3', 'audio/mpeg'],
		[{ fileName: 'a.mp3', mimeType: 'text/plain' }, 'a.mp3', 'audio/mpeg'],
		[{ fileName: 'a.mp3', mimeType: 'audio/mpeg\r\nX-A: b' }, 'a.mp3', 'audio/mpeg'],
		[{ fileName: 'a.webm', mimeType: 'audio/*' }, 'a.webm', 'video/webm'],
		// a type that goes with the name stays
		[{ fileName: 'a.mp3', mimeType: 'audio/mp3' }, 'a.mp3', 'audio/mp3'],
		[{ fileName: 'a.mp4', mimeType: 'audio/mp4' }, 'a.mp4', 'audio/mp4'],
		[{ fileName: 'a.wav', mimeType: 'Audio/X-WAV' }, 'a.wav', 'audio/x-wav'],
	])('%j is sent as %s of the type %s', (given, name, mimeType) => {
		expect(recordingIdentity(given, TAKEN)).toMatchObject({ name, mimeType, isKnown: true });
	});

	it.each([
		[{ fileName: 'memo.amr', mimeType: 'audio/mpeg' }, 'amr'],
		[{ fileName: 'memo', mimeType: 'audio/amr' }, 'amr'],
		[{ fileName: 'song.wma', mimeType: 'application/octet-stream' }, 'wma'],
		[{ fileName: 'notes.txt', mimeType: 'audio/mpeg' }, 'txt'],
		[{ fileName: 'talk.m4p', mimeType: 'video/mp4' }, 'm4p'],
	])('%j stays .%s, which is not taken, and keeps its name', (given, extension) => {
		expect(recordingIdentity(given, TAKEN)).toMatchObject({
			name: given.fileName,
			extension,
			isKnown: true,
		});
	});

	it.each(['download', 'download.php', 'a.mp3.exe'])('nothing decides about %s', (fileName) => {
		const given = { fileName, mimeType: 'application/octet-stream' };

		expect(recordingIdentity(given, TAKEN).isKnown).toBe(false);
		expect(recordingIdentity(given, TAKEN, 'opus')).toMatchObject({
			name: `${fileName}.ogg`,
			mimeType: 'audio/ogg',
			isKnown: true,
		});
	});
});

describe('a file’s name', () => {
	it.each([
		['my%20call.mp3', 'my call.mp3'],
		['Gr%C3%BC%C3%9Fe.mp3', 'Grüße.mp3'],
		['%E8%B0%A2.mp3', '谢.mp3'],
		['100% done.mp3', '100% done.mp3'],
		['100%25 my%20call.mp3', '100% my call.mp3'],
		['50%zz.mp3', '50%zz.mp3'],
		['caf%E9.mp3', 'caf%E9.mp3'],
		['a%2Fb%5Cc%00.mp3', 'a%2Fb%5Cc%00.mp3'],
		['a%2520b.mp3', 'a%20b.mp3'],
		['call.mp3 ', 'call.mp3'],
		['\u00a0 call.mp3\u00a0\u2003', 'call.mp3'],
		['call.mp3\u200e', 'call.mp3'],
		['call.mp3%20', 'call.mp3'],
		['call.mp3...', 'call.mp3'],
		['two\r\nlines\u0000.mp3', 'two lines .mp3'],
		['call.mp3\n', 'call.mp3'],
		['call.mp3?X-Signature=secret', 'call.mp3'],
		['call.mp3?X-Signature=secret\nX-Key=secret', 'call.mp3'],
		['call.mp3#\n', 'call.mp3'],
		['call.mp3?X-Signature=secret\u2028more', 'call.mp3'],
		['call.MP3#t=10', 'call.MP3'],
		['call.mp3%3Ftoken=secret', 'call.mp3'],
		['what is this?.mp3', 'what is this?.mp3'],
		['why.now?.mp3', 'why.now?.mp3'],
		['.mp3', '.mp3'],
		['👨‍👩‍👧 Grüße "a".mp3', '👨‍👩‍👧 Grüße "a".mp3'],
		['  ', ''],
		['...', ''],
	])('%j is %j to a person', (given, name) => {
		expect(plainName(given)).toBe(name);
	});
});

describe('the type of a file for a provider that goes by types', () => {
	const takes = (type: string) =>
		/^(audio|video|image)\/|^text\/plain$|pdf$|^application\/vnd\.openxml/.test(type);

	it.each([
		[{ fileName: 'meeting.mp3', mimeType: 'application/octet-stream' }, 'audio/mpeg'],
		[{ fileName: 'meeting.mp3', mimeType: 'text/plain' }, 'audio/mpeg'],
		[{ fileName: 'meeting.mp3' }, 'audio/mpeg'],
		[{ fileName: 'file_12.oga', mimeType: 'application/ogg' }, 'audio/ogg'],
		[{ fileName: 'voice', fileExtension: 'amr' }, 'audio/amr'],
		[{ fileName: 'notes.txt', mimeType: 'text/plain' }, 'text/plain'],
		[{ fileName: 'notes.txt', mimeType: 'application/pdf' }, 'application/pdf'],
		[{ fileName: 'brief.pdf', mimeType: 'text/plain' }, 'application/pdf'],
		[
			{ fileName: 'brief.docx', mimeType: 'application/zip' },
			'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
		],
		[{ fileName: 'slide.png', mimeType: 'binary/octet-stream' }, 'image/png'],
		[{ fileName: 'a', mimeType: 'Audio/X-M4A; q=1' }, 'audio/x-m4a'],
	])('of %j is %s', (given, type) => {
		expect(typeIdentity(given, takes)).toBe(type);
	});

	it('comes from the contents where nothing else says it', () => {
		const given = { fileName: 'download', mimeType: 'application/octet-stream' };

		expect(typeIdentity(given, takes)).toBeUndefined();
		expect(typeIdentity(given, takes, 'mp4')).toBe('video/mp4');
		expect(typeIdentity(given, takes, 'zip')).toBeUndefined();
	});
});
