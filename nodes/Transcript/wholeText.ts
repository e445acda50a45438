import type { Segment, Transcript } from '../shared/transcript/transcript';
import { firstPlace } from './firstPlace';
import { joined } from './lineBreaks';
import { readableSegments } from './segmentTexts';
import { spanOf, spansByWords } from './spokenTimes';
import type { Span, SpanOf } from './spokenTimes';

/** A transcript's segments as one text, which knows when and by whom its parts are said. */
export class WholeText {
	readonly text: string;

	private readonly segments: Segment[];

	/** Where each segment begins in the text. */
	private readonly begins: number[] = [];

	private readonly spans = new Map<Segment, SpanOf>();

	constructor(transcript: Transcript) {
		this.segments = readableSegments(transcript);
		this.text = joined(this.segments.map(({ text }) => text));
		let passed = 0;
		for (const { text } of this.segments) {
			// segments are on one line: only what parts them begins with a blank
			if (this.text[passed] === ' ') passed++;
			this.begins.push(passed);
			passed += text.length;
		}
	}

	/** Who says what stands at an offset. */
	speakerAt(offset: number): string | null {
		return this.segments[this.indexAt(offset)]?.speaker ?? null;
	}

	/** When a part is said: by the words where there are some, else by the segments. */
	spanOf(from: number, to: number): Span {
		const { start } = this.spanWithin(this.indexAt(from), from, to);
		const { end } = this.spanWithin(this.indexAt(Math.max(to - 1, from)), from, to);
		return { start, end };
	}

	private spanWithin(index: number, from: number, to: number): Span {
		const segment = this.segments[index];
		if (!segment) return { start: null, end: null };
		let spans = this.spans.get(segment);
		if (!spans) {
			spans = spansByWords(segment) ?? (() => spanOf(segment));
			this.spans.set(segment, spans);
		}
		const begin = this.begins[index]!;
		return spans(Math.max(from - begin, 0), Math.min(to - begin, segment.text.length));
	}

	/** The last segment that begins at an offset or before it. */
	private indexAt(offset: number): number {
		// behind it comes one that begins later, or none
		return firstPlace(this.begins.length, (place) => (this.begins[place + 1] ?? Infinity) > offset);
	}
}
