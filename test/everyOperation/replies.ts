import type { IDataObject } from 'n8n-workflow';

import { UUID } from './operations';

/** What a played provider answers; an object is JSON. */
export interface PlayedReply {
	status: number;
	body: IDataObject | string;
}

type Rule = [call: RegExp, body: IDataObject | string, status?: number];

const SCRIPE_JOB = {
	id: 'job_5gH6iJ7kL8',
	type: 'SOURCE_INGEST_FILE',
	status: 'DONE',
	result: { sourceId: 'src_1aB2cD3eF4' },
};
const SCRIPE_THING = { ...SCRIPE_JOB, textPreview: 'Good morning.' };
/** What *Get Audio URL* is there to give. */
export const GIVEN_AUDIO_URL = 'https://example.com/a.mp3?signature=to-be-given';
const NO_MORE = { pagination: { next_cursor: null, has_more: false } };

/** What replies depend on besides the call. */
export interface PlayedState {
	/** Where presigned addresses lead. */
	storageUrl: string;
	/** What they are signed with. */
	signature: string;
	/** Whether the MediaScribe appliance records. */
	isRecording: boolean;
	/** What Whipscribe calls the recording of a job; null where it knows no name. */
	fileName: string | null;
}

/** The first rule that fits a call's method and path gives its reply. */
function rulesOf(state: PlayedState): Record<string, Rule[]> {
	const { storageUrl, signature, isRecording, fileName: filename } = state;
	return {
		scriptivox: [
			[
				/^POST \/upload$/,
				{
					upload_id: UUID,
					upload_url: `${storageUrl}/scriptivox?token=${signature}`,
					headers: { 'Content-Type': 'audio/mpeg' },
				},
			],
			[/^POST \/transcribe$/, { id: UUID, status: 'created' }],
			[/^GET \/transcribe\/.*format=/, 'Good morning.'],
			[/^DELETE /, '', 204],
			[/\/cancel$/, { id: UUID, status: 'failed', error: { code: 'CANCELLED', message: '' } }],
			[/^GET \/transcribe\//, { id: UUID, status: 'completed', result: { full_transcript: 'Hi' } }],
			[/^GET \/transcriptions/, { items: [{ id: UUID, status: 'completed' }], has_more: false }],
			[/^GET \/balance$/, { balance_cents: 500 }],
		],
		whipscribe: [
			[/^POST \/transcribe/, { job_id: UUID, status: 'queued' }, 202],
			[/^POST \/jobs\/claim$/, { claimed: 1 }],
			[/^GET \/jobs\/.*\/result.*format=json/, { text: 'Hi', language: 'en', segments: [] }],
			[/^GET \/jobs\/.*\/result/, 'Good morning.'],
			[/^GET \/jobs\/.*\/audio\/url$/, { url: GIVEN_AUDIO_URL, storage: 'vultr' }],
			[/^DELETE /, '', 204],
			[/^GET \/jobs\//, { job_id: UUID, status: 'done', progress: 1, filename }],
			[/^GET \/jobs/, { jobs: [{ job_id: UUID, status: 'done', created_at: 1_764_000_000.5 }] }],
			[/^GET \/me$/, { email: null, tier: 'free', retention_days: 30, signed_in: false }],
		],
		transcripton: [
			[/^POST \/jobs\/.*\/polish$/, { polished: true, cached: false, paragraphs: 1, chars: 2 }],
			[/^POST \/jobs\/.*\/summarize$/, { summarized: true, cached: false, summary: 'Hi' }],
			[/^POST \/jobs/, { id: UUID, status: 'queued' }],
			[/^GET \/jobs\/.*\/export/, 'Good morning.'],
			[/^POST \/transcriptions\//, { id: UUID, target_lang: 'de', text: 'Guten Morgen.' }],
			[/^GET \/transcriptions\//, { translations: [] }],
			[/^GET \/integrations\//, { deliveries: [] }],
			[/^DELETE /, '', 204],
			[/^GET \/jobs\//, { id: UUID, status: 'done', transcription: { id: UUID, full_text: 'Hi' } }],
			[/^GET \/jobs/, { jobs: [{ id: UUID, status: 'done' }], total: 1, page: 1, limit: 20 }],
		],
		scripe: [
			[/^GET \/workspaces\/me$/, { workspace: { id: 'org_1' }, principal: {} }],
			[
				/^POST \/uploads$/,
				{
					data: {
						id: 'upl_9mN0oP1qR2',
						uploadUrl: `${storageUrl}/scripe?token=${signature}`,
						contentType: 'audio/mpeg',
					},
				},
			],
			[/^GET \/\w+(\?|$)/, { data: [SCRIPE_THING], ...NO_MORE }],
			[/./, { data: SCRIPE_THING }],
		],
		mediaScribe: [
			[
				/^GET /,
				{
					siteName: 'Hall',
					presets: [{ id: UUID, name: 'Council' }],
					hasNoSignal: false,
					...(isRecording && { recording: { position: 1, path: 'C:\\council.mp4' } }),
				},
			],
			[/^PUT /, {}],
		],
		dropbox: [
			[/get_latest_cursor$/, { cursor: 'cursor-0' }],
			[/list_folder/, { entries: [], cursor: 'cursor-1', has_more: false }],
		],
		storage: [[/^PUT /, '']],
	};
}

/**
 * What a provider answers to a call, as its reference has it and as short as its nodes take it. Jobs
 * have ended when they are looked at.
 *
 * @param provider as in `PROVIDERS`, or `dropbox` or `storage`
 * @param path below the API's address, with its query
 */
export function replyTo(
	provider: string,
	method: string,
	path: string,
	state: PlayedState,
): PlayedReply {
	const rules = rulesOf(state)[provider] ?? [];
	const [, body, status = 200] = rules.find(([call]) => call.test(`${method} ${path}`)) ?? [];
	return body === undefined ? { status: 404, body: { error: 'not played' } } : { status, body };
}
