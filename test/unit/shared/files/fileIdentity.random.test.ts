import fc from 'fast-check';

import { recordingIdentity } from '../../../../nodes/shared/files/fileIdentity';
import { RECORDING_KINDS } from '../../../../nodes/shared/files/fileKinds';
import { extensionOf, plainName } from '../../../../nodes/shared/files/fileName';

const EXTENSIONS = RECORDING_KINDS.flatMap(({ names }) => names);
const TYPES = RECORDING_KINDS.flatMap(({ type, otherTypes = [] }) => [type, ...otherTypes]);

/** Names as they come: of any characters, with escapes, folders, queries, dots and blanks. */
const fileName = fc
	.array(
		fc.oneof(
			fc.string({ unit: 'binary', maxLength: 10 }),
			fc.string({ unit: 'grapheme', maxLength: 10 }),
			fc.constantFrom(...EXTENSIONS).map((extension) => `.${extension}`),
			fc.constantFrom(
				'.',
				'..',
				' ',
				'\u200e',
				'\\',
				'/',
				'%20',
				'%2F',
				'%',
				'?X-Sig=a',
				'#',
				'\n',
			),
			fc.constantFrom('C:\\Users\\', '.txt', '.MP3 ', '.pdf', 'download'),
		),
		{ maxLength: 6 },
	)
	.map((parts) => parts.join(''));

const given = fc.record(
	{
		fileName,
		fileExtension: fc.oneof(fc.constantFrom(...EXTENSIONS, '', '.mp3', 'txt'), fileName),
		mimeType: fc.oneof(
			fc.constantFrom(...TYPES, '', 'text/plain', 'application/octet-stream', 'Audio/MPEG; x=1'),
			fc.string(),
		),
	},
	{ requiredKeys: [] },
);

const taken = fc.uniqueArray(fc.constantFrom(...EXTENSIONS), { minLength: 1 });
const contents = fc.constantFrom('', ...EXTENSIONS);

describe('any name', () => {
	it('is on one line, with nothing around it that is no part of it, once it is plain', () => {
		fc.assert(
			fc.property(fileName, (name) => {
				expect(plainName(name)).toMatch(/^(?![\s\u200e])[^\p{Cc}\u2028\u2029\\]*$/u);
				expect(plainName(name)).not.toMatch(/[\s.\\\u200e]$/);
			}),
			{ numRuns: 1000 },
		);
	});
});

describe('any recording', () => {
	it('that is sent has a name with an extension that the provider takes', () => {
		fc.assert(
			fc.property(given, taken, contents, (file, extensions, first) => {
				const { name, extension, mimeType, isKnown } = recordingIdentity(file, extensions, first);

				expect(name).not.toBe('');
				expect(mimeType).toMatch(/^[^\s/]+\/[^\s/]+$/);
				if (isKnown && extensions.includes(extension)) expect(extensionOf(name)).toBe(extension);
			}),
			{ numRuns: 1000 },
		);
	});

	it('keeps the name and the type that it got', () => {
		fc.assert(
			fc.property(given, taken, contents, (file, extensions, first) => {
				const sent = recordingIdentity(file, extensions, first);
				// a name may be decoded once more where its escapes stood for escapes
				fc.pre(!/%[0-9a-f]{2}/i.test(sent.name) && extensions.includes(sent.extension));

				const again = recordingIdentity(
					{ fileName: sent.name, mimeType: sent.mimeType },
					extensions,
				);

				expect(again).toEqual(sent);
			}),
			{ numRuns: 1000 },
		);
	});
});
