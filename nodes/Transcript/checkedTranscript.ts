import {
	anyTextOf,
	booleanOf,
	numberOf,
	objectOf,
	textOf,
	textsOf,
} from '../shared/core/wireValues';
import type { Segment, Transcript, TranscriptStatus, Word } from '../shared/transcript/transcript';
import { spacedText } from './lineBreaks';

/** What every Transcript has, whatever is in it. */
const NEEDED = ['provider', 'text', 'segments'];

const STATUSES: readonly TranscriptStatus[] = ['queued', 'processing', 'completed', 'failed'];

/** Thrown where something that was given as a Transcript is none. */
export class FlawedTranscript extends Error {
	/** @param advice what to do, in full sentences */
	constructor(
		message: string,
		readonly advice: string,
	) {
		super(message);
	}
}

/** What is the matter, in one sentence without a full stop, and what to do. */
export function refuse(message: string, advice: string): FlawedTranscript {
	return new FlawedTranscript(message, advice);
}

const ELSEWHERE =
	'Take the output of a transcription node with Simplify on, or of another Transcript node. If the Transcript stands in a field of the item, name that field in Transcript, such as {{ $json.transcript }}.';

/**
 * A value as the Transcript that it is, of an object or its JSON text. Numbers may be text. Of a
 * segment whose words alone have a text or times, those of the words.
 *
 * @throws FlawedTranscript where it is none, its job has not ended well, or a value in it is of
 * another kind
 */
export function checkedTranscript(given: unknown): Transcript {
	const value = readObject(given);
	const missing = NEEDED.filter((name) => !(name in value));
	if (missing.length > 0) throw lacking(value, missing);
	checkStatus(value);
	if (!Array.isArray(value.segments)) throw wrong('segments', value.segments, 'a list');
	return {
		provider: textOf(value.provider),
		id: textOf(value.id),
		status: 'completed',
		text: nullOr('text', value.text, anyTextOf, 'a text'),
		language: textOf(value.language),
		durationSeconds: secondsOf('durationSeconds', value.durationSeconds),
		speechDetected: booleanOf(value.speechDetected),
		speakers: textsOf(value.speakers),
		segments: value.segments.map(segmentOf),
		error: null,
		fileName: textOf(value.fileName),
	};
}

function readObject(given: unknown): Record<string, unknown> {
	if (given === undefined || given === null || given === '') {
		throw noTranscript('nothing was given', ELSEWHERE);
	}
	if (typeof given === 'string') return readObject(parsed(given));
	if (Array.isArray(given)) {
		const advice =
			'Put a Split Out node before this one, which makes an item of each, or name one of them in Transcript, such as {{ $json.transcripts[0] }}.';
		throw noTranscript('it is a list', advice);
	}
	return anObject('Transcript', given);
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		const advice = `${ELSEWHERE} Of a text of SRT or WebVTT, From Captions makes one.`;
		throw noTranscript('it is a text, and no JSON', advice);
	}
}

function noTranscript(reason: string, advice: string): FlawedTranscript {
	return refuse(`There is no Transcript: ${reason}`, advice);
}

function lacking(value: Record<string, unknown>, missing: string[]): FlawedTranscript {
	if (Object.keys(value).length === 0) return noTranscript('the item is empty', ELSEWHERE);
	if (typeof value.error === 'string') {
		return noTranscript('the node before gave an error', `It says: ${value.error}`);
	}
	const names = missing.map((name) => `"${name}"`).join(', ');
	return noTranscript(
		`it lacks ${names}`,
		`Where it is a provider's own reply, turn on Simplify in the node that gives it. ${ELSEWHERE}`,
	);
}

/** A job that goes on or has failed has no transcript; one without a status is taken as it is. */
function checkStatus({ status, error }: Record<string, unknown>): void {
	if (status === 'queued' || status === 'processing') {
		const advice =
			'Choose a way to wait in the node that transcribes, or put its operation Wait before this node.';
		throw noTranscript(`its job is ${status}`, advice);
	}
	if (status === 'failed') {
		const reason = textOf(objectOf(error).message) ?? 'no reason given';
		const advice = `The provider says: ${reason}. Let only items through whose status is completed, with a Filter node.`;
		throw noTranscript('its job failed', advice);
	}
	if (status !== undefined && status !== null && !isStatus(status)) {
		throw wrong('status', status, `one of ${STATUSES.join(', ')}`);
	}
}

function isStatus(status: unknown): boolean {
	return STATUSES.some((one) => one === status);
}

function segmentOf(value: unknown, index: number): Segment {
	const place = `segments[${index}]`;
	const segment = anObject(place, value);
	const words = listOf(`${place}.words`, segment.words).map((word, number) =>
		wordOf(`${place}.words[${number}]`, word),
	);
	const text = nullOr(`${place}.text`, segment.text, anyTextOf, 'a text');
	return {
		start: secondsOf(`${place}.start`, segment.start) ?? words[0]?.start ?? null,
		end: secondsOf(`${place}.end`, segment.end) ?? words.at(-1)?.end ?? null,
		speaker: nullOr(`${place}.speaker`, segment.speaker, anyTextOf, 'a name'),
		text: text?.trim() ? text : spacedText(words),
		words,
	};
}

function wordOf(place: string, value: unknown): Word {
	const word = anObject(place, value);
	return {
		start: secondsOf(`${place}.start`, word.start),
		end: secondsOf(`${place}.end`, word.end),
		text: nullOr(`${place}.text`, word.text, anyTextOf, 'a text') ?? '',
		confidence: numberOf(word.confidence),
	};
}

function secondsOf(place: string, value: unknown): number | null {
	return nullOr(place, value, numberOf, 'a number of seconds');
}

/** What is null, left out or an empty text is not known; else it has to be of the kind. */
function nullOr<Kind>(
	place: string,
	value: unknown,
	read: (value: unknown) => Kind | null,
	kind: string,
): Kind | null {
	if (value === undefined || value === null || value === '') return null;
	const known = read(value);
	if (known === null) throw wrong(place, value, kind);
	return known;
}

function listOf(place: string, value: unknown): unknown[] {
	if (value === undefined || value === null) return [];
	if (!Array.isArray(value)) throw wrong(place, value, 'a list');
	return value;
}

function anObject(place: string, value: unknown): Record<string, unknown> {
	const isOne = typeof value === 'object' && value !== null && !Array.isArray(value);
	if (!isOne) throw wrong(place, value, 'an object');
	return value as Record<string, unknown>;
}

function wrong(place: string, value: unknown, kind: string): FlawedTranscript {
	return refuse(
		`${place} is ${shown(value)}, and not ${kind}`,
		`Mend it in the node that gives the transcript. ${ELSEWHERE}`,
	);
}

function shown(value: unknown): string {
	if (Array.isArray(value)) return 'a list';
	if (typeof value === 'object' && value !== null) return 'an object';
	const written = JSON.stringify(value) ?? 'nothing';
	return written.length > 60 ? `${written.slice(0, 60)}…` : written;
}
