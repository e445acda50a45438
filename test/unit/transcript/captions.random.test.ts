import fc from 'fast-check';

import type { Segment } from '../../../nodes/shared/transcript/transcript';
import {
	CAPTION_PARSERS,
	LABELLED,
	linesOf,
	PLAIN,
	segmentOf,
	transcriptOf,
} from './captionParsers';

/** Texts of many scripts, with what captions are made of mixed in. */
const text = fc
	.array(
		fc.oneof(
			fc.string({ unit: 'grapheme', maxLength: 60 }),
			fc.constantFrom('-->', '1', '00:00:01,000 --> 00:00:02,000', 'WEBVTT', '<i>', '&amp;'),
			fc.constantFrom(
				'今天天气很好，我们去公园玩。',
				'สวัสดีครับ',
				'👩‍👩‍👧‍👦',
				'नमस्ते',
				'e\u0301',
				'\r\n\r\n',
			),
		),
		{ maxLength: 12 },
	)
	.chain((parts) => fc.constantFrom(' ', '', '\n').map((glue) => parts.join(glue)));

const seconds = fc.oneof(
	fc.double({ min: 0, max: 20_000, noNaN: true }),
	fc.double({ noNaN: true, noDefaultInfinity: true }),
);

const segment: fc.Arbitrary<Segment> = fc
	.record({
		text,
		start: fc.option(seconds),
		end: fc.option(seconds),
		speaker: fc.option(text),
		timed: fc.boolean(),
		times: fc.array(fc.option(seconds, { freq: 20 }), { minLength: 1, maxLength: 40 }),
	})
	.map(({ timed, times, ...said }) => {
		const words = said.text.split(/\s+/).map((word, index) => ({
			start: times[index % times.length]!,
			end: times[(index + 1) % times.length]!,
			text: word,
			confidence: null,
		}));
		return {
			...segmentOf(said.text, said.start, said.end),
			speaker: said.speaker,
			words: timed ? words : [],
		};
	});

const transcript = fc.array(segment, { maxLength: 6 }).map((segments) => transcriptOf(segments));

/** What a caption keeps of a text: not its blanks, what cannot be seen, nor the length of an arrow. */
const visible = (given: string) => given.replace(/[\s\p{Cc}]/gu, '').replace(/-+>/g, '->');

/** The same in no order, as captions come in that of their times. */
const letters = (given: string) => [...visible(given).replace(/-/g, '')].sort().join('');

/** One after the other. */
const inTurn = fc.array(segment, { maxLength: 6 }).map((segments) =>
	transcriptOf(
		segments.map(({ text: said, speaker }, index) => ({
			...segmentOf(said, index * 10, index * 10 + 8),
			speaker,
		})),
	),
);

describe.each(CAPTION_PARSERS)('captions of any transcript, in %s', (format, cuesOf) => {
	it('lose and add no text', () => {
		fc.assert(
			fc.property(transcript, (given) => {
				const said = given.segments.map((part) => part.text).join('\n');
				expect(letters(linesOf(format, cuesOf(given)).join('\n'))).toBe(letters(said));
			}),
		);
	});

	it('keep the order in which things are said', () => {
		fc.assert(
			fc.property(inTurn, (given) => {
				const said = given.segments.map((part) => part.text).join('');
				expect(visible(linesOf(format, cuesOf(given)).join(''))).toBe(visible(said));
			}),
		);
	});

	it('begin one after the other, and never overlap', () => {
		fc.assert(
			fc.property(transcript, (given) => {
				let earliest = 0;
				for (const { start, end } of cuesOf(given)) {
					expect(start).toBeGreaterThanOrEqual(earliest);
					expect(end).toBeGreaterThan(start);
					earliest = end;
				}
			}),
		);
	});

	it('stay for the shortest time, unless the next one begins before it is over', () => {
		fc.assert(
			fc.property(transcript, (given) => {
				const cues = cuesOf(given);
				cues.forEach(({ start, end }, index) => {
					const untilNext = (cues[index + 1]?.start ?? Infinity) - start;
					expect(end - start).toBeGreaterThanOrEqual(Math.min(0.8, untilNext) - 0.001);
				});
			}),
		);
	});

	it('have one or two lines, and something on each', () => {
		fc.assert(
			fc.property(transcript, fc.boolean(), (given, speakers) => {
				for (const cue of cuesOf(given, speakers ? LABELLED : PLAIN)) {
					const lines = linesOf(format, [cue]);
					expect(lines.length).toBeLessThanOrEqual(2);
					for (const line of lines) expect(line.trim()).not.toBe('');
				}
			}),
		);
	});
});
