import fc from 'fast-check';

import type { Segment } from '../../../nodes/shared/transcript/transcript';
import { said, transcriptOf } from './transcripts';

/** Texts of many scripts, with sentences, long words and characters of several parts. */
export const anyText = fc
	.array(
		fc.oneof(
			fc.string({ unit: 'grapheme', maxLength: 30 }),
			fc.constantFrom('Hello there.', 'What? No!', 'Dr. Smith', '3.5', 'e.g. this', '…'),
			fc.constantFrom('今天天气很好，我们去公园。', 'สวัสดีครับ', 'नमस्ते।', 'e\u0301', '👩‍👩‍👧‍👦', 'ﬁ ß İ'),
			fc.constantFrom('x'.repeat(90), '\r\n\r\n', '\u00a0', '\u200d'),
		),
		{ maxLength: 8 },
	)
	.chain((parts) => fc.constantFrom(' ', '', '\n').map((glue) => parts.join(glue)));

const seconds = fc.option(fc.double({ min: 0, max: 7200, noNaN: true }));

const words = anyText.chain((text) =>
	fc.array(seconds, { minLength: 1, maxLength: 20 }).map((times) =>
		text.split(/\s+/).map((word, index) => ({
			start: times[index % times.length]!,
			end: times[(index + 1) % times.length]!,
			text: word,
			confidence: null,
		})),
	),
);

export const anySegment: fc.Arbitrary<Segment> = fc
	.record({
		text: anyText.filter((text) => /[^\s\p{Cc}]/u.test(text)),
		start: seconds,
		end: seconds,
		speaker: fc.constantFrom(null, 'Ann', 'Ben'),
		words: fc.option(words, { nil: [] }),
	})
	.map(({ text, start, end, speaker, words: spoken }) => ({
		...said(text, start, end, speaker),
		words: spoken,
	}));

/** Transcripts with at least one segment, and times that may run backwards or miss. */
export const anyTranscript = fc
	.array(anySegment, { minLength: 1, maxLength: 6 })
	.map((segments) => transcriptOf(segments));
