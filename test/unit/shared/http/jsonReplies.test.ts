import fc from 'fast-check';
import nock from 'nock';
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { dropbox } from '../../../../nodes/DropboxUpload/provider';
import { mediaScribe as mediaScribeProvider } from '../../../../nodes/MediaScribe/provider';
import { scripe as scripeProvider } from '../../../../nodes/Scripe/provider';
import { transcriptOfJob, transcriptOfSource } from '../../../../nodes/Scripe/transcript';
import { scriptivox as scriptivoxProvider } from '../../../../nodes/Scriptivox/provider';
import { transcriptOf as scriptivoxTranscript } from '../../../../nodes/Scriptivox/transcript';
import type { ProviderError } from '../../../../nodes/shared/core/provider';
import type { Transcript } from '../../../../nodes/shared/transcript/transcript';
import { transcripton as transcriptonProvider } from '../../../../nodes/Transcripton/provider';
import { transcriptOf as transcriptonTranscript } from '../../../../nodes/Transcripton/transcript';
import { whipscribe as whipscribeProvider } from '../../../../nodes/Whipscribe/provider';
import { transcriptOf as whipscribeTranscript } from '../../../../nodes/Whipscribe/transcript';

import type { Run } from '../../harness';
import * as mediaScribe from '../../mediascribe/support';
import * as scripe from '../../scripe/support';
import * as scriptivox from '../../scriptivox/support';
import * as transcripton from '../../transcripton/support';
import * as whipscribe from '../../whipscribe/support';
import { JSON_TEXTS, NO_JSON_TEXTS } from '../jsonCases';
import type { JsonCase } from '../jsonCases';

/** Reads one thing for each of many items. */
interface Reading {
	run(more: Partial<Run>, parameters: INodeParameters): Promise<INodeExecutionData[]>;
	host: string;
	path: string;
}

const operation =
	(
		run: typeof scriptivox.run,
		resource: string,
		name: string,
		parameters: INodeParameters = {},
	): Reading['run'] =>
	async (more, others) =>
		await run(resource, name, { ...parameters, ...others }, more);

const READINGS: Record<string, Reading> = {
	Scriptivox: {
		run: operation(scriptivox.run, 'transcription', 'get', scriptivox.chosen(scriptivox.ID)),
		host: 'https://api.scriptivox.com',
		path: `/v1/transcribe/${scriptivox.ID}`,
	},
	Whipscribe: {
		run: operation(whipscribe.run, 'job', 'get', whipscribe.chosen()),
		host: whipscribe.HOST,
		path: `/api/v1/jobs/${whipscribe.ID}`,
	},
	Transcripton: {
		run: operation(transcripton.run, 'job', 'get', transcripton.chosen()),
		host: 'https://api.transcription.solutions',
		path: `/api/v1/jobs/${transcripton.ID}`,
	},
	Scripe: {
		run: operation(scripe.run, 'source', 'get', { sourceId: scripe.chosen(scripe.SOURCE) }),
		host: 'https://api.scripe.io',
		path: `/v1/sources/${scripe.SOURCE}`,
	},
	MediaScribe: {
		run: operation(mediaScribe.run, 'recording', 'getStatus'),
		host: mediaScribe.BASE_URL,
		path: '/api/control/status',
	},
};

/** Replies of every form in which some provider refuses, with a value in it. */
const REFUSALS: Array<(value: unknown) => unknown> = [
	(value) => value,
	(error) => ({ error }),
	(value) => ({ error: { code: value, message: value, requestId: value, details: value } }),
	(detail) => ({ detail }),
	(value) => ({ detail: { code: value, message: value, error: value } }),
	(value) => ({ detail: [value, { loc: value, msg: value }, { loc: [value], msg: value }] }),
	(value) => ({ message: value, error_summary: value, code: value }),
];

/** What the node makes of each reply: its output, or the error in its place. */
async function outputsOf(
	{ run, host, path }: Reading,
	status: number,
	cases: JsonCase[],
	parameters: INodeParameters = {},
) {
	const left = cases.map(({ text }) => text);
	nock(host)
		.get(path)
		.times(cases.length)
		.reply(status, () => left.shift(), { 'Content-Type': 'application/json' });
	const items = cases.map(() => ({ json: {} }));
	return (await run({ items, continueOnFail: true }, parameters)).map(({ json }) => json);
}

describe.each(Object.entries(READINGS))('a reply of %s', (provider, reading) => {
	it('that is no JSON is an error of the provider, and never one of ours', async () => {
		// n8n reads all replies alike: each provider gets a share of the cases
		const turn = Object.keys(READINGS).indexOf(provider);
		const cases = NO_JSON_TEXTS.filter((_, index) => index % 5 === turn);
		const outputs = await outputsOf(reading, 200, cases);

		expect(outputs).toHaveLength(cases.length);
		for (const { error } of outputs)
			expect(String(error)).toMatch(new RegExp(`^${provider} sent `));
	});

	it('of any JSON is an output, or an error of the provider', async () => {
		const outputs = await outputsOf(reading, 200, JSON_TEXTS);

		for (const output of outputs) {
			if ('details' in output) expect(output.error).toMatch(new RegExp(`^${provider} sent `));
			else expect(output).toHaveProperty('provider');
		}
	});

	it.each([400, 503])('that refuses by %d says why on one line, or its status', async (status) => {
		const silent = ['null', '[]', '{}', '""', '[[[]]]', '{"a":{"b":[null]}}', '" \\u0000\\u2028 "'];
		const cases = REFUSALS.flatMap((around) =>
			silent.map((text) => ({ name: text, text: JSON.stringify(around(JSON.parse(text))) })),
		);
		const parameters = { options: { maxRetries: 0 } };
		const outputs = await outputsOf(reading, status, cases, parameters);

		for (const { error } of outputs) {
			expect(error).toMatch(/ the request to [^:]+: [^\p{Cc}]*HTTP (400|503) \[item \d+\]$/u);
		}
	});
});

/** Fails where a provider's words are none. */
function expectWords(error: ProviderError | null | undefined): void {
	if (!error) return;
	expect(error.code ?? '').not.toMatch(/\[object |undefined|NaN/);
	expect(error.message).not.toMatch(/\[object |undefined|NaN/);
}

const PROVIDERS = [
	dropbox,
	mediaScribeProvider,
	scripeProvider,
	scriptivoxProvider,
	transcriptonProvider,
	whipscribeProvider,
];

describe.each(PROVIDERS)('a refusal of $name', ({ readError }) => {
	it('with a case of the suite in it is understood as text, or not at all', () => {
		for (const { text } of JSON_TEXTS) {
			for (const around of REFUSALS) expectWords(readError(around(JSON.parse(text))));
		}
	});

	it('of any JSON is understood as text, or not at all', () => {
		fc.assert(
			fc.property(fc.jsonValue(), fc.constantFrom(...REFUSALS), (value, around) => {
				expectWords(readError(around(value)));
			}),
		);
	});
});

const STATUSES = ['queued', 'processing', 'completed', 'failed'];

/** Fails where something is no Transcript: each value of its kind, or null where there is none. */
function expectTranscript(transcript: Transcript): void {
	const { provider, status, segments, speakers, error } = transcript;
	expect(typeof provider).toBe('string');
	expect(STATUSES).toContain(status);
	expectKinds('string', transcript, ['id', 'text', 'language', 'fileName']);
	expectKinds('number', transcript, ['durationSeconds']);
	expectKinds('boolean', transcript, ['speechDetected']);
	for (const speaker of speakers) expect(typeof speaker).toBe('string');
	for (const segment of segments) {
		expectKinds('string', segment, ['speaker']);
		expectKinds('number', segment, ['start', 'end']);
		expect(typeof segment.text).toBe('string');
		for (const word of segment.words) {
			expectKinds('number', word, ['start', 'end', 'confidence']);
			expect(typeof word.text).toBe('string');
		}
	}
	if (error !== null) expectWords(error);
}

function expectKinds<Holder>(kind: string, holder: Holder, names: Array<keyof Holder>): void {
	const others = names.filter((name) => holder[name] !== null && typeof holder[name] !== kind);
	expect(others).toEqual([]);
}

/** Results of a job in which a value stands wherever the provider may put one. */
const RESULTS: Record<string, (value: unknown) => Transcript[]> = {
	Scriptivox: (value) =>
		[
			{ id: value, status: value, result: value, error: value },
			{
				status: 'completed',
				result: { full_transcript: value, utterances: value, speakers: value },
			},
			{ result: { speakers: [value], utterances: [value, { text: value, words: value }] } },
			{ result: { utterances: [{ words: [value, { word: value, start: value, end: value }] }] } },
			{ status: 'failed', error: { code: value, message: value }, audio_duration_seconds: value },
		].map((wire) => scriptivoxTranscript(wire as IDataObject)),
	Transcripton: (value) =>
		[
			{ id: value, status: value, duration_sec: value, transcription: value, diarization: value },
			{ transcription: { full_text: value, language_detected: value } },
			{ diarization: { segments: value } },
			{ diarization: { segments: [value, { speaker: value, start: value, text: value }] } },
			{ status: 'failed', error: value },
		].map((wire) => transcriptonTranscript(wire as IDataObject)),
	Whipscribe: (value) =>
		[
			{ job: { job_id: value, status: value, error: value, language: value } },
			{ job: { status: 'failed', error: { code: value, message: value } } },
			{ job: {}, result: { text: value, segments: value, language: value } },
			{ job: {}, result: { segments: [value, { text: value, start: value, words: value }] } },
			{ job: {}, result: { segments: [{ words: [value, { text: value, start: value }] }] } },
		].map((wire) => whipscribeTranscript(wire as never)),
	Scripe: (value) =>
		[
			transcriptOfJob({ id: value, status: value, result: value } as IDataObject),
			transcriptOfJob({ status: 'FAILED', errorCode: value, errorMessage: value } as IDataObject),
			transcriptOfSource({
				id: value,
				status: value,
				textPreview: value,
				name: value,
			} as IDataObject),
		].map((json) => json as unknown as Transcript),
};

describe.each(Object.entries(RESULTS))('a result of %s', (_provider, transcriptsOf) => {
	it('with a case of the suite in place of its values is a transcript', () => {
		for (const { text } of JSON_TEXTS) {
			for (const transcript of transcriptsOf(JSON.parse(text))) expectTranscript(transcript);
		}
	});

	it('with any JSON in place of its values is a transcript', () => {
		fc.assert(
			fc.property(fc.jsonValue(), (value) => {
				for (const transcript of transcriptsOf(value)) expectTranscript(transcript);
			}),
		);
	});
});
