import fc from 'fast-check';

import { DEFAULT_SETTINGS } from '../../../nodes/Transcript/captionSettings';
import { transcriptOfCaptions } from '../../../nodes/Transcript/captionTranscript';
import { checkedTranscript } from '../../../nodes/Transcript/checkedTranscript';
import { toJson } from '../../../nodes/Transcript/textFiles';
import { WRITERS } from '../../../nodes/Transcript/files';
import { segmentOf, transcriptOf } from './captionParsers';

const word = fc.oneof(
	fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
	fc.constantFrom(
		'a',
		'Hello,',
		'world.',
		'R&D',
		'&amp;',
		'今天天气很好，',
		'สวัสดี',
		'1',
		'NOTE',
		'-->',
	),
);
const text = fc.array(word, { minLength: 1, maxLength: 30 }).map((words) => words.join(' '));
/** Texts one after the other, at most a caption each in most cases. */
const transcript = fc
	.array(text, { maxLength: 8 })
	.map((texts) => transcriptOf(texts.map((one, n) => segmentOf(one, n * 20 + 0.125, n * 20 + 19))));

/** What captions keep: not blanks, what cannot be seen, nor the length of an arrow. */
const visible = (given: string) => given.replace(/[\s\p{Cc}]/gu, '').replace(/-+>/g, '>');
/** What SRT cannot keep, having no escapes: what looks like markup. */
const withoutMarkup = (given: string) => !/[<>{}]/.test(given.replace(/-->/g, ''));

describe.each(['srt', 'vtt'] as const)('captions written as %s and read again', (format) => {
	const again = (given: Parameters<(typeof WRITERS)['srt']>[0]) =>
		transcriptOfCaptions(WRITERS[format](given, DEFAULT_SETTINGS), null);
	const given = transcript.filter(
		({ segments }) => format === 'vtt' || segments.every((one) => withoutMarkup(one.text)),
	);

	it('say the same', () => {
		fc.assert(
			fc.property(given, (one) => {
				const said = one.segments.map((segment) => segment.text).join('');
				const read = again(one)
					.segments.map((segment) => segment.text)
					.join('');
				expect(visible(read)).toBe(visible(said));
			}),
		);
	});

	it('come out the same when they are written once more', () => {
		fc.assert(
			fc.property(given, (one) => {
				const once = again(one);
				const twice = again(once);
				expect(twice.segments.map(({ start }) => start)).toEqual(
					once.segments.map(({ start }) => start),
				);
				expect(visible(twice.text ?? '')).toBe(visible(once.text ?? ''));
			}),
		);
	});

	it('keep the start of each text to the millisecond', () => {
		fc.assert(
			fc.property(given, (one) => {
				const starts = again(one).segments.map(({ start }) => start);
				for (const segment of one.segments) {
					if (visible(segment.text) !== '') expect(starts).toContain(segment.start);
				}
			}),
		);
	});
});

/** What comes of a text: `read` where it is captions, else why it is none. */
function outcomeOf(captions: string): string {
	try {
		checkedTranscript(toJson(transcriptOfCaptions(captions, null)));
		return 'read';
	} catch (error) {
		return (error as Error).message;
	}
}

describe('any text', () => {
	it('is read as captions or refused with a sentence', () => {
		const line = fc.oneof(
			fc.string(),
			fc.constantFrom('WEBVTT', '', '1', '00:00:01,000 --> 00:00:02,000', '00:x --> 00:02', 'NOTE'),
		);
		fc.assert(
			fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
				const outcome = outcomeOf(lines.join('\n'));
				expect(outcome).toMatch(/^(read|The times in line|Line \d+ stands|These are no)/);
			}),
		);
	});
});
