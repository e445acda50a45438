import { createHash } from 'node:crypto';

/** A word that is spoken; times are seconds. */
export interface SpokenWord {
	word: string;
	start: number;
	end: number;
	confidence: number;
}

/** What one speaker says without a break. */
export interface SpokenSentence {
	/** Which of the speakers, from 0. */
	speaker: number;
	start: number;
	end: number;
	confidence: number;
	words: SpokenWord[];
}

/** What is spoken follows from this alone. */
export interface Speech {
	/** Lowercase hex of the bytes received (of the URL, for jobs from a URL). */
	sha256: string;
	durationSeconds: number;
	/** How many speak; null for one to three, by the hash. */
	speakerCount: number | null;
}

const VOCABULARY = (
	'amber anchor apple april arrow autumn bakery ball basket beacon bell bench bicycle bird blanket ' +
	'boat book bottle branch bread breeze bridge brook brush bucket butter button cabin candle canvas ' +
	'carpet castle cedar chair chalk cherry circle clock cloud clover coast coat coffee comet copper ' +
	'coral corner cotton cousin cradle creek crown cup curtain daisy dance dawn desert dinner door dove ' +
	'dragon dream drum eagle earth east echo elbow ember engine evening fabric falcon farm feather fence ' +
	'fern fiddle field finger fire flag flame flute forest fountain fox frost garden gate ginger glass ' +
	'globe glove gold goose grape grass gravel hammer harbor harvest hazel heron hill honey horizon horse ' +
	'house ice island ivory jacket jade jar jasmine jewel journey july june kettle key kitchen kite ' +
	'ladder lake lamp lantern lark laurel leaf lemon letter lily lime linen lion lobster lotus maple ' +
	'marble market meadow melody mill mirror mist moon morning moss mountain music needle nest night ' +
	'north nutmeg oak oasis ocean olive onion opal orange orchard otter owl paint palm paper parade ' +
	'parrot path peach pearl pebble pepper piano picnic pillow pine planet plum pocket poem pond poppy ' +
	'prairie puzzle quartz quill rabbit rain raven reed ribbon river robin rocket roof rope rose saddle ' +
	'saffron sail salt sand school sea season shadow shell shore silk silver sky slate snow song south ' +
	'sparrow spice spring stable star station stone storm story summer sun swan table tea thistle thunder ' +
	'tiger timber tower train travel tree tulip tunnel valley velvet village violet violin walnut water ' +
	'wave west wheat wheel willow wind window winter'
).split(' ');

const WORDS_PER_SECOND = 2.5;
const FEWEST_WORDS = 12;
const MOST_WORDS = 3000;
const SECONDS_AT_AUDIO_RATE = 1000;
const AUDIO_BYTES_PER_SECOND = 16_000;
const VIDEO_BYTES_PER_SECOND = 256_000;

/**
 * How long a file of this size plays: as audio of 128 kbit/s at first, as video of 2 Mbit/s where it
 * is larger than such audio would be. At least one second, unless there is no byte at all.
 */
export function durationOf(sizeBytes: number): number {
	if (sizeBytes === 0) return 0;
	const audioBytes = SECONDS_AT_AUDIO_RATE * AUDIO_BYTES_PER_SECOND;
	const seconds =
		sizeBytes <= audioBytes
			? sizeBytes / AUDIO_BYTES_PER_SECOND
			: SECONDS_AT_AUDIO_RATE + (sizeBytes - audioBytes) / VIDEO_BYTES_PER_SECOND;
	return Math.max(1, round(seconds));
}

/** What is spoken in a recording: same bytes, same words; other bytes, other words. */
export function spokenSentences({
	sha256,
	durationSeconds,
	speakerCount,
}: Speech): SpokenSentence[] {
	const numbers = numbersFrom(sha256);
	const speakers = speakerCount ?? 1 + (numbers() % 3);
	const wordCount = Math.min(
		MOST_WORDS,
		Math.max(FEWEST_WORDS, Math.round(durationSeconds * WORDS_PER_SECOND)),
	);
	const words = timedWords(numbers, wordCount, durationSeconds);
	const sentences: SpokenSentence[] = [];
	while (words.length > 0) {
		const length = 5 + (numbers() % 8);
		const spoken = words.splice(0, words.length - length < 3 ? words.length : length);
		// The first sentences go through the speakers in turn, so that each of them is heard.
		const speaker = sentences.length < speakers ? sentences.length : numbers() % speakers;
		sentences.push({
			speaker,
			start: Math.min(...spoken.map(({ start }) => start)),
			end: Math.max(...spoken.map(({ end }) => end)),
			confidence: Math.min(...spoken.map(({ confidence }) => confidence)),
			words: spoken.map((word, index) => ({
				...word,
				word: written(word.word, index === 0, index === spoken.length - 1),
			})),
		});
	}
	return sentences;
}

/** Words as a text. */
export function textOf(words: SpokenWord[]): string {
	return words.map(({ word }) => word).join(' ');
}

function timedWords(numbers: () => number, count: number, durationSeconds: number): SpokenWord[] {
	const slot = durationSeconds / count;
	return Array.from({ length: count }, (_, index) => ({
		word: VOCABULARY[numbers() % VOCABULARY.length] ?? '',
		start: round(index * slot),
		end: round((index + 0.8) * slot),
		confidence: round(0.8 + (numbers() % 200) / 1000),
	}));
}

function written(word: string, isFirst: boolean, isLast: boolean): string {
	const cased = isFirst ? word.charAt(0).toUpperCase() + word.slice(1) : word;
	return isLast ? `${cased}.` : cased;
}

/** Numbers from 0 to 65535 that follow from the seed alone. */
function numbersFrom(seed: string): () => number {
	let block = Buffer.alloc(0);
	let counter = 0;
	let position = 0;
	return () => {
		if (position + 2 > block.length) {
			block = createHash('sha256').update(`${seed}:${counter}`).digest();
			counter += 1;
			position = 0;
		}
		position += 2;
		return block.readUInt16BE(position - 2);
	};
}

function round(value: number): number {
	return Math.round(value * 1000) / 1000;
}
