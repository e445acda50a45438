import type { Transcript } from '../../../nodes/shared/transcript/transcript';

type Json = Record<string, unknown>;

function isObject(value: unknown): value is Json {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The same reply from a service that writes numbers, true and false as text. */
export function inText<Reply>(reply: Reply): Reply {
	if (Array.isArray(reply)) return reply.map(inText) as Reply;
	if (isObject(reply)) {
		return Object.fromEntries(
			Object.entries(reply).map(([name, value]) => [name, inText(value)]),
		) as Reply;
	}
	const isPlain = typeof reply === 'number' || typeof reply === 'boolean';
	return isPlain ? (String(reply) as Reply) : reply;
}

/** What may stand in place of anything. */
const ODDITIES = [null, undefined, [], {}, [null], [[]], '', 'odd', 0, 7, true];

/**
 * Every reply that differs from this one in a single place, at whatever depth: there it is null,
 * absent, or of another type.
 *
 * @returns the place (`result.speakers`) and the reply
 */
export function damaged(reply: Json): Array<{ place: string; reply: Json }> {
	return Object.entries(reply).flatMap(([name, value]) => [
		...ODDITIES.map((odd) => ({ place: name, reply: { ...reply, [name]: odd } })),
		...damagedWithin(value).map(({ place, reply: inner }) => ({
			place: `${name}.${place}`,
			reply: { ...reply, [name]: inner },
		})),
	]);
}

function damagedWithin(value: unknown): Array<{ place: string; reply: unknown }> {
	if (isObject(value)) return damaged(value);
	if (!Array.isArray(value)) return [];
	return value.flatMap((entry, index) => [
		...ODDITIES.map((odd) => ({ place: String(index), reply: value.with(index, odd) })),
		...damagedWithin(entry).map(({ place, reply }) => ({
			place: `${index}.${place}`,
			reply: value.with(index, reply),
		})),
	]);
}

const isText = (value: unknown) => value === null || typeof value === 'string';
const isNumber = (value: unknown) => value === null || Number.isFinite(value);

/** What is wrong with the form of a Transcript; empty where it is as documented. */
export function flawsOf(transcript: Transcript): string[] {
	const { segments, speakers, error } = transcript;
	const words = segments.flatMap((segment) => segment.words);
	const checks: Record<string, boolean> = {
		id: isText(transcript.id),
		status: ['queued', 'processing', 'completed', 'failed'].includes(transcript.status),
		text: isText(transcript.text),
		language: isText(transcript.language),
		durationSeconds: isNumber(transcript.durationSeconds),
		speechDetected: [null, true, false].includes(transcript.speechDetected),
		speakers: speakers.every((name) => typeof name === 'string'),
		error: error === null || (isText(error.code) && typeof error.message === 'string'),
		fileName: isText(transcript.fileName),
		segments: segments.every(({ text, speaker }) => typeof text === 'string' && isText(speaker)),
		words: words.every(({ text, confidence }) => typeof text === 'string' && isNumber(confidence)),
		times: [...segments, ...words].every(({ start, end }) => isNumber(start) && isNumber(end)),
	};
	return Object.keys(checks).filter((name) => !checks[name]);
}

/** The places where damage makes a provider's Transcript one of another form, or throws. */
export function placesThatBreak(
	reply: object,
	transcriptOf: (reply: never) => unknown,
): Array<{ place: string; flaws: string[] }> {
	return damaged(reply as Json)
		.map(({ place, reply: odd }) => ({
			place,
			flaws: flawsOf(transcriptOf(odd as never) as Transcript),
		}))
		.filter(({ flaws }) => flaws.length > 0);
}
