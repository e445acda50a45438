import type { IDataObject } from 'n8n-workflow';

import { UUID } from '../../everyOperation/operations';
import { binaryItem, errorOf } from '../harness';
import { answering, runWith } from './advice';
import type { Advice, Followed, Meddle, Setup, Stage, Trial } from './advice';
import { EVERY_PROVIDER, FROM_FILE, FROM_LINK, LISTS, LOOKS, TRANSCRIPT } from './outputs';

const REFUSED = '… refused the request to …';
const FAILED = '… could not …: …';
const NEW_KEY = 'a-new-key-0123456789';
const TOKEN = 'token-of-a-guest';
const OTHER_ID = '8d9e6679-7425-40de-944b-e07fc1f90ae7';
const WORDS = 'It says so';

/** A provider's error envelope, as its reference has it. */
function envelope(provider: string, code: string, more: IDataObject = {}): IDataObject {
	if (provider === 'whipscribe') return { error: WORDS, code, ...more };
	if (provider === 'transcripton') return { detail: { code, message: WORDS, ...more } };
	if (provider === 'mediaScribe') return {};
	const scripe = { request_id: 'req_42', docs_url: `https://apidocs.scripe.io/errors/${code}` };
	return { error: { code, message: WORDS, ...(provider === 'scripe' && scripe), ...more } };
}

const providerOf = (of: string) => of.split(' ')[0]!;

/** Refuses the calls that fit. */
function refusing(
	of: string,
	[status, code]: [number, string],
	which: (call: { call: string; headers: IDataObject; body: string }) => boolean,
	more?: IDataObject,
): Meddle {
	return (call) =>
		which(call) ? answering(/./, status, envelope(providerOf(of), code, more))(call) : undefined;
}

/** A trouble of the account or the provider that is over when the node runs again. */
const passing = (status: number, code: string, trial: Trial, which = /./): Trial => ({
	...trial,
	name: code,
	passing: refusing(trial.of, [status, code], ({ call }) => which.test(call)),
});

const recording = (facts: object, bytes = Buffer.from('sound of speech')): Setup => ({
	items: async () => [
		await binaryItem(bytes, { fileName: 'speech.mp3', mimeType: 'audio/mpeg', ...facts }),
	],
});

const KEY_CODES = ['INVALID_API_KEY', 'MISSING_API_KEY', 'invalid_api_key', 'invalid_token', '401'];
const [SCRIPTIVOX_FILE, WHIPSCRIBE_FILE, TRANSCRIPTON_FILE, SCRIPE_FILE] = FROM_FILE as [
	Trial,
	Trial,
	Trial,
	Trial,
];
const [SCRIPTIVOX_LINK, WHIPSCRIBE_LINK] = FROM_LINK as [Trial, Trial];
const POLISH = { of: 'transcripton job polish', gives: { json: { polished: true } } };
const TRANSLATE = {
	of: 'transcripton translation create',
	gives: { json: { text: 'Guten Morgen.' } },
};
const inState = (of: string, field: string, id: string) => ({
	of,
	parameters: { [field]: { __rl: true, mode: 'id', value: id } },
});

/** An upload that cannot be used any more: a new one is made, and its ID is used. */
async function uploadAnew(stage: Stage, status: number, code: string): Promise<Followed> {
	const of = 'scriptivox transcription transcribe uploadId';
	stage.meddle = refusing(of, [status, code], ({ body }) => body.includes(OTHER_ID));
	const wrong = { parameters: { uploadId: OTHER_ID } };
	const { message, description } = await errorOf(runWith(stage, of, wrong));
	const [upload] = await runWith(stage, 'scriptivox file upload', {});
	const uploadId = String(upload!.json.uploadId);
	const output = await runWith(stage, of, { parameters: { uploadId } });
	return { message, description: String(description), output, expected: [TRANSCRIPT] };
}

/** A job that still runs: it is waited for, and then deleted. */
async function waitThenDelete(stage: Stage): Promise<Followed> {
	const of = 'scriptivox transcription delete';
	let hasEnded = false;
	stage.meddle = (call) => {
		if (call.call.startsWith('GET')) hasEnded = true;
		return refusing(of, [409, 'CONFLICT'], () => !hasEnded)(call);
	};
	const { message, description } = await errorOf(runWith(stage, of, {}));
	await runWith(stage, 'scriptivox transcription wait', {});
	const output = await runWith(stage, of, {});
	return {
		message,
		description: String(description),
		output,
		expected: [{ json: { deleted: true } }],
	};
}

/** What providers refuse, by what their codes ask for: one entry for each row of the page's table. */
export const refusals: Advice[] = [
	{
		message: REFUSED,
		page: 'Enter an active key in the credential',
		panel: /Open the credential and enter an (active|API) (key|token)/i,
		trials: EVERY_PROVIDER.map((trial, index) => ({
			...trial,
			name: KEY_CODES[index],
			right: { credential: { apiKey: NEW_KEY, apiToken: NEW_KEY } },
			always: refusing(
				trial.of,
				[401, KEY_CODES[index]!],
				({ headers }) => !JSON.stringify(headers).includes(NEW_KEY),
			),
		})),
	},
	{
		message: REFUSED,
		page: 'Add its *Claim Token*, or the *ID Token* of its user',
		panel: /Add its Claim Token in the options, or enter the ID token of its user/,
		trials: [{ options: { claimToken: TOKEN } }, { credential: { idToken: 'id-token' } }].map(
			(right) => ({
				...LOOKS[1]!,
				name: 'AUTHENTICATION_REQUIRED',
				right,
				always: refusing(
					'whipscribe',
					[401, 'AUTHENTICATION_REQUIRED'],
					({ headers }) =>
						headers['x-claim-token'] !== TOKEN && headers.authorization !== 'Bearer id-token',
				),
			}),
		),
	},
	{
		message: REFUSED,
		page: 'or correct the *API Version*',
		panel: /set its API Version to one of 2026-08-01/,
		trials: [
			{
				...LISTS[3]!,
				name: 'version_unsupported',
				wrong: { credential: { apiVersion: '2020-01-01' } },
				right: { credential: { apiVersion: '2026-08-01' } },
				always: refusing(
					'scripe',
					[400, 'version_unsupported'],
					({ headers }) => headers['scripe-api-version'] !== '2026-08-01',
					{ details: { accepted: ['2026-08-01'] } },
				),
			},
		],
	},
	{
		message: REFUSED,
		page: 'use a key of this workspace, a plan with the API, tick the scope',
		panel: /Use a key of this one|needs the plan|tick the scope/,
		trials: ['workspace_mismatch', 'plan_not_eligible', 'scope_missing'].map((code) =>
			passing(403, code, LISTS[3]!),
		),
	},
	{
		message: REFUSED,
		page: 'Top up, or wait for the next period',
		panel: /Add funds|Buy hours|Wait for the next period|resets at 00:00 UTC/,
		trials: [
			passing(402, 'ZERO_BALANCE', SCRIPTIVOX_FILE),
			passing(402, 'INSUFFICIENT_BALANCE', SCRIPTIVOX_LINK),
			passing(402, 'NO_CREDITS', WHIPSCRIBE_FILE),
			passing(402, 'quota_exceeded', TRANSCRIPTON_FILE),
			passing(402, 'translation_quota_exceeded', TRANSLATE, /^POST/),
			passing(402, 'spend_cap_exceeded', SCRIPE_FILE),
		],
	},
	{
		message: REFUSED,
		page: "a larger plan, or a step on the provider's website",
		panel: /Choose a larger one|Confirm the email address|after a payment on its site/,
		trials: [
			passing(403, 'polish_requires_paid_plan', POLISH),
			passing(403, 'email_not_verified', TRANSCRIPTON_FILE),
			passing(403, 'translation_not_in_plan', TRANSLATE, /^POST/),
			passing(
				402,
				'transcript_locked',
				{ of: 'whipscribe job getTranscript', gives: { json: { text: 'Hi' } } },
				/result/,
			),
		],
	},
	{
		message: REFUSED,
		page: 'The provider does not accept the value of a field',
		panel: /Choose another target language|Choose a Source|against the message|from the start/,
		trials: [
			{
				...TRANSLATE,
				name: 'unsupported_language',
				wrong: { parameters: { targetLanguage: 'la' } },
				right: { parameters: { targetLanguage: 'de' } },
				always: refusing('transcripton', [400, 'unsupported_language'], (call) =>
					/"la"|=la\b/.test(call.body + call.call),
				),
			},
			{
				...WHIPSCRIBE_LINK,
				name: 'BAD_SOURCE',
				wrong: { options: { source: 'recording' } },
				right: { options: { source: 'url' } },
				always: refusing('whipscribe', [422, 'BAD_SOURCE'], ({ body }) => /recording"/.test(body)),
			},
			{
				...SCRIPTIVOX_LINK,
				name: 'INVALID_REQUEST',
				wrong: { parameters: { diarize: true }, options: { speakerCount: 40 } },
				right: { options: { speakerCount: 4 } },
				always: refusing('scriptivox', [400, 'INVALID_REQUEST'], ({ body }) => /40/.test(body)),
			},
			{
				of: 'scripe post create',
				name: 'invalid_request',
				wrong: { parameters: { content: 'not taken' } },
				right: { parameters: { content: 'Good morning.' } },
				always: refusing('scripe', [400, 'invalid_request'], ({ body }) => /not taken/.test(body)),
				gives: { json: { id: 'job_5gH6iJ7kL8' } },
			},
			passing(400, 'bad_cursor', LISTS[3]!),
		],
	},
	{
		message: REFUSED,
		page: 'Convert the file or correct its name',
		panel: /Check that the file plays|Convert the file|Check times, types and sizes|plain name/,
		trials: [
			...(
				[
					[TRANSCRIPTON_FILE, 400, 'unsupported_format'],
					[WHIPSCRIBE_FILE, 415, 'BAD_MIME'],
				] as Array<[Trial, number, string]>
			).map(([trial, status, code]) => ({
				...trial,
				name: code,
				wrong: recording({}, Buffer.from('%PDF-1.7 minutes of a meeting')),
				right: recording({}),
				always: refusing(trial.of, [status, code], ({ body }) => body.includes('%PDF')),
			})),
			{
				...SCRIPTIVOX_FILE,
				name: 'INVALID_FILENAME',
				wrong: recording({ fileName: 'a:b?.mp3' }),
				right: recording({ fileName: 'ab.mp3' }),
				always: refusing(
					'scriptivox',
					[400, 'INVALID_FILENAME'],
					(call) => /^POST \/upload/.test(call.call) && !call.body.includes('ab.mp3'),
				),
			},
		],
	},
	{
		message: REFUSED,
		page: 'Split or compress the recording, or shorten the text',
		panel: /Split or compress|shorten the text/,
		trials: [
			...(
				[
					[WHIPSCRIBE_FILE, 'FILE_TOO_LARGE'],
					[TRANSCRIPTON_FILE, 'file_too_large'],
					[TRANSCRIPTON_FILE, 'file_too_long'],
				] as Array<[Trial, string]>
			).map(([trial, code]) => ({
				...trial,
				name: code,
				wrong: recording({}, Buffer.alloc(50_000)),
				right: recording({}),
				always: refusing(trial.of, [413, code], ({ body }) => body.length > 50_000),
			})),
			{
				of: 'scripe post create',
				name: 'payload_too_large',
				wrong: { parameters: { content: 'long '.repeat(500) } },
				right: { parameters: { content: 'short' } },
				always: refusing('scripe', [413, 'payload_too_large'], ({ body }) => body.length > 2000),
				gives: { json: { id: 'job_5gH6iJ7kL8' } },
			},
		],
	},
	{
		message: REFUSED,
		page: 'Upload the file again',
		panel: /Upload the file again/,
		trials: (
			[
				[400, 'FILE_NOT_UPLOADED'],
				[400, 'UPLOAD_ALREADY_USED'],
				[400, 'UPLOAD_EXPIRED'],
				[404, 'UPLOAD_NOT_FOUND'],
			] as Array<[number, string]>
		).map(([status, code]) => ({
			of: 'scriptivox transcription transcribe uploadId',
			name: code,
			follow: async (stage) => await uploadAnew(stage, status, code),
		})),
	},
	{
		message: REFUSED,
		page: 'Anybody must be able to open the link',
		panel: /Check the URL/,
		trials: [
			{
				...WHIPSCRIBE_LINK,
				name: 'BAD_URL',
				wrong: { parameters: { url: 'https://example.com/login' } },
				right: { parameters: { url: 'https://example.com/a.mp3' } },
				always: refusing('whipscribe', [400, 'BAD_URL'], ({ body }) => body.includes('login')),
			},
		],
	},
	{
		message: FAILED,
		page: 'The job was started and failed',
		panel: /Share it with "anyone"|Use a faster link|gives the whole recording/,
		trials: ['URL_NOT_ACCESSIBLE', 'DOWNLOAD_FAILED', 'DOWNLOAD_TIMEOUT'].map((code) => ({
			...SCRIPTIVOX_LINK,
			name: code,
			wrong: { parameters: { url: 'https://example.com/login' } },
			right: { parameters: { url: 'https://example.com/a.mp3' } },
			always: jobOfLinkFails(code),
		})),
	},
	{
		message: REFUSED,
		page: 'Check the ID, and that the credential belongs to the account that created it',
		panel: /Check the (transcription ID|job ID|ID), and that the (credential|key) belongs/,
		trials: LOOKS.map(({ of, field, id, gives }, index) => {
			const otherId = id === UUID ? OTHER_ID : 'job_9zZ9zZ9zZ9';
			const code = ['TRANSCRIPTION_NOT_FOUND', 'NOT_FOUND', 'not_found', 'not_found'][index]!;
			return {
				of,
				name: code,
				gives,
				wrong: inState(of, field, otherId),
				right: { parameters: inState(of, field, id).parameters },
				always: refusing(of, [404, code], ({ call }) => call.includes(otherId)),
			};
		}),
	},
	{
		message: REFUSED,
		page: 'If the ID is right, check the *Base URL*',
		panel: /Base URL/,
		trials: [
			['scriptivox', 'NOT_FOUND', LISTS[0]!],
			['mediaScribe', '404', EVERY_PROVIDER[4]!],
		].map(([provider, code, trial]) => ({
			...(trial as Trial),
			name: String(code),
			wrong: { credential: { baseUrl: (own: string) => `${own}/api` } },
			right: { credential: { baseUrl: undefined } },
			always: refusing(String(provider), [404, String(code)], ({ call }) =>
				/^GET \/api\/(transcriptions|api)/.test(call),
			),
		})),
	},
	{
		message: REFUSED,
		page: 'use the operation *Wait*',
		panel: /cancel it only while it runs, delete it only after it ended/,
		trials: [{ of: 'scriptivox transcription delete', name: 'CONFLICT', follow: waitThenDelete }],
	},
	{
		message: REFUSED,
		page: 'or the option *Wait Until Ready*',
		panel: /Wait Until Ready where the options have it/,
		trials: [POLISH, { of: 'transcripton job summarize', gives: { json: { summary: 'Hi' } } }].map(
			(trial) => ({
				...trial,
				name: 'job_not_ready',
				right: { options: { waitUntilReady: true } },
				always: untilLookedAt(trial.of),
			}),
		),
	},
	{
		message: REFUSED,
		page: 'Check whether a job exists already, then use another key',
		panel: /was used for another request|at most 255 letters/,
		trials: (
			[
				[SCRIPTIVOX_LINK, 422, 'IDEMPOTENCY_KEY_CONFLICT'],
				[WHIPSCRIBE_LINK, 400, 'BAD_IDEMPOTENCY_KEY'],
				[
					{ of: 'scripe post create', gives: { json: { id: 'job_5gH6iJ7kL8' } } },
					409,
					'idempotency_key_conflict',
				],
			] as Array<[Trial, number, string]>
		).map(([trial, status, code]) => ({
			...trial,
			name: code,
			wrong: { options: { idempotencyKey: 'used-before' } },
			right: { options: { idempotencyKey: 'not-used-before' } },
			always: refusing(
				trial.of,
				[status, code],
				({ headers }) => headers['idempotency-key'] === 'used-before',
			),
		})),
	},
	{
		message: REFUSED,
		page: 'Run the node again in a moment',
		panel: /Run the node again in a moment/,
		trials: [passing(409, 'IDEMPOTENCY_KEY_LOCKED', SCRIPTIVOX_LINK)],
	},
	{
		message: REFUSED,
		page: 'the transcript is still there',
		panel: /The transcript can still be read: use Job: Get Transcript/,
		trials: ['AUDIO_EXPIRED', 'AUDIO_MISSING'].map((code) => ({
			of: 'whipscribe job getAudioUrl',
			name: code,
			always: refusing('whipscribe', [410, code], ({ call }) => call.includes('/audio/')),
			right: { of: 'whipscribe job getTranscript' },
			gives: { json: { text: 'Hi' } },
		})),
	},
	{
		message: FAILED,
		page: 'The job was started and failed',
		panel: /(transcribe it|[Ss]tart (it|the job)) again/,
		trials: [
			'PROCESSING_ERROR',
			'PROCESSING_TIMEOUT',
			'CREATED_TIMEOUT',
			'BILLING_ERROR',
			'INTERNAL_ERROR',
			'CANCELLED',
		].map((code) => ({ ...SCRIPTIVOX_LINK, name: code, passing: jobFails(code) })),
	},
	{
		message: '… could not serve the request to …',
		page: 'Wait a little and run the node again',
		panel: /try again/,
		trials: [
			passing(503, 'asr_quota_exceeded', TRANSCRIPTON_FILE),
			passing(503, 'translation_unavailable', TRANSLATE, /^POST/),
		],
	},
	{
		message: REFUSED,
		page: '409 means that the appliance is recording',
		panel: /Stop it first/,
		trials: [{ of: 'mediaScribe preset activate', name: '409', follow: stopThenActivate }],
	},
];

/** The job of a link that leads to a login fails. */
function jobOfLinkFails(code: string): Meddle {
	let isLogin = false;
	return (call) => {
		if (call.call.startsWith('POST')) isLogin = call.body.includes('login');
		return isLogin ? jobFails(code)(call) : undefined;
	};
}

function jobFails(code: string): Meddle {
	return answering(/^GET \/transcribe\//, 200, {
		id: UUID,
		status: 'failed',
		error: { code, message: WORDS },
	});
}

/** A job that is ready only once somebody has seen that it has ended. */
function untilLookedAt(of: string): Meddle {
	let isReady = false;
	return (call) => {
		if (call.call.startsWith('GET')) isReady = true;
		return refusing(of, [409, 'job_not_ready'], () => !isReady)(call);
	};
}

/** An appliance that records: it is stopped, and then its preset is changed. */
async function stopThenActivate(stage: Stage): Promise<Followed> {
	const of = 'mediaScribe preset activate';
	let isRecording = true;
	stage.meddle = ({ call, body }) => {
		if (body.includes('"stop"')) isRecording = false;
		if (call.startsWith('PUT')) {
			return isRecording ? { status: 409, body: {} } : { status: 200, body: {} };
		}
		const recordingNow = { recording: { position: 1, path: 'C:\\a.mp4' } };
		return {
			status: 200,
			body: {
				presets: [{ id: UUID, name: 'Council' }],
				hasNoSignal: false,
				...(isRecording && recordingNow),
			},
		};
	};
	const { message, description } = await errorOf(runWith(stage, of, {}));
	await runWith(stage, 'mediaScribe recording stop', {});
	const output = await runWith(stage, of, {});
	const expected = [{ json: { changed: true, activePresetId: UUID } }];
	return { message, description: String(description), output, expected };
}
