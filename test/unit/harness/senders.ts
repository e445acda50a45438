import nock from 'nock';
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { Scripe } from '../../../nodes/Scripe/Scripe.node';
import { Scriptivox } from '../../../nodes/Scriptivox/Scriptivox.node';
import { Transcripton } from '../../../nodes/Transcripton/Transcripton.node';
import { Whipscribe } from '../../../nodes/Whipscribe/Whipscribe.node';
import { expectForm } from './sentForm';
import { operationsOf } from './operations';

const ID = '7c9e6679-7425-40de-944b-e07fc1f90ae7';
const STORAGE = 'https://storage.example';
const FROM_FILE = { inputType: 'binaryFile', options: { requestsPerMinute: 0 } };

/** What a provider got of a file. */
export interface SentFile {
	/** The name that was sent; undefined for a provider that is sent none. */
	name?: string;
	type?: string;
}

/** A provider that takes files, as a test sends it one. */
export interface Sender {
	provider: string;
	/** The extensions that it takes; undefined where it goes by types. */
	extensions?: string[];
	/** Runs the operation that sends the item's file and starts a job. */
	send(item: INodeExecutionData, more?: INodeParameters): Promise<INodeExecutionData[]>;
	/** Lets the provider take a file, and gives what it got of it. */
	expectFile(): SentFile;
	/** Lets the provider refuse a file for what it is. */
	refuseFile(): void;
	/** Lets the job, once it is started, have failed. */
	failJob(): void;
	/** The job's ID. */
	jobId: string;
}

const list = (extensions: string) => extensions.split(' ');

/** Lets a path take a form, and gives what came in its field `file`. */
function expectFileIn(host: string, path: string, reply: IDataObject): SentFile {
	const sent: SentFile = {};
	void expectForm(nock(host), path, reply).then(({ files }) =>
		Object.assign(sent, { name: files.file?.name, type: files.file?.type }),
	);
	return sent;
}

/** Lets the storage take a file, and keeps its type. */
function expectPut(sent: SentFile): void {
	nock(STORAGE)
		.put('/put')
		.reply(function () {
			sent.type = String(this.req.headers['content-type']);
			return [200];
		});
}

const scriptivoxRun = operationsOf(() => new Scriptivox(), {
	scriptivoxApi: { apiKey: 'sk_live_unit_0123456789abcdef' },
});
const scriptivoxApi = () => nock('https://api.scriptivox.com');

const scriptivox: Sender = {
	provider: 'Scriptivox',
	extensions: list(
		'mp3 wav m4a aac ogg flac opus wma aiff caf mp4 mov avi mkv webm wmv flv m4v 3gp mpeg mts ts ogv vob f4v',
	),
	jobId: ID,
	send: async (item, more = { wait: 'none' }) =>
		await scriptivoxRun(
			'transcription',
			'transcribe',
			{ ...FROM_FILE, ...more },
			{ items: [item] },
		),
	expectFile() {
		const sent: SentFile = {};
		scriptivoxApi()
			.post('/v1/upload', ({ filename }: IDataObject) => {
				sent.name = String(filename);
				return true;
			})
			.reply(200, { upload_id: ID, upload_url: `${STORAGE}/put` });
		expectPut(sent);
		scriptivoxApi().post('/v1/transcribe').reply(200, { id: ID, status: 'created' });
		return sent;
	},
	refuseFile() {
		scriptivoxApi()
			.post('/v1/upload')
			.reply(400, { error: { code: 'INVALID_MEDIA_FORMAT', message: 'Not supported' } });
	},
	failJob() {
		const error = { code: 'INVALID_MEDIA_FORMAT', message: 'ffprobe found no sound' };
		scriptivoxApi().get(`/v1/transcribe/${ID}`).reply(200, { id: ID, status: 'failed', error });
	},
};

const transcriptonRun = operationsOf(() => new Transcripton(), {
	transcriptonApi: { apiKey: 'ts_unit_0123456789abcdef' },
});
const TRANSCRIPTON = 'https://api.transcription.solutions';

const transcripton: Sender = {
	provider: 'Transcripton',
	extensions: list('mp3 m4a wav ogg opus flac webm mp4 mov mkv avi'),
	jobId: ID,
	send: async (item, more = { wait: 'none' }) =>
		await transcriptonRun('job', 'transcribe', { ...FROM_FILE, ...more }, { items: [item] }),
	expectFile: () => expectFileIn(TRANSCRIPTON, '/api/v1/jobs', { id: ID, status: 'queued' }),
	refuseFile() {
		const detail = { code: 'unsupported_format', message: 'Not supported' };
		nock(TRANSCRIPTON).post('/api/v1/jobs').reply(400, { detail });
	},
	failJob() {
		nock(TRANSCRIPTON).get(`/api/v1/jobs/${ID}`).reply(200, { id: ID, status: 'failed' });
	},
};

const whipscribeRun = operationsOf(() => new Whipscribe(), {
	whipscribeApi: { apiKey: 'whip_unit_0123456789abcdef' },
});
const WHIPSCRIBE = 'https://whipscribe.com';

const whipscribe: Sender = {
	provider: 'Whipscribe',
	extensions: list('mp3 m4a wav mp4 mov ogg webm flac'),
	jobId: ID,
	send: async (item, more = { wait: 'none' }) =>
		await whipscribeRun('job', 'transcribe', { ...FROM_FILE, ...more }, { items: [item] }),
	expectFile: () =>
		expectFileIn(WHIPSCRIBE, '/api/v1/transcribe', { job_id: ID, status: 'queued', tier: 2 }),
	refuseFile() {
		const body = { error: 'Not supported', code: 'BAD_MIME' };
		nock(WHIPSCRIBE).post('/api/v1/transcribe').reply(415, body);
	},
	failJob() {
		const body = { status: 'failed', error: 'Could not decode' };
		nock(WHIPSCRIBE).get(`/api/v1/jobs/${ID}`).reply(200, body);
	},
};

const scripeRun = operationsOf(() => new Scripe(), {
	scripeApi: { apiKey: 'scripe_sk_live_unit_0123456789abcdef' },
});
const SCRIPE = 'https://api.scripe.io';
const SCRIPE_JOB = { id: 'job_5gH6iJ7kL8', type: 'SOURCE_INGEST_FILE', status: 'QUEUED' };

const scripe: Sender = {
	provider: 'Scripe',
	jobId: SCRIPE_JOB.id,
	send: async (item, more = { wait: 'none' }) => {
		const projectId = { __rl: true, mode: 'id', value: 'proj_7Qk2vX9mB4' };
		const parameters = { ...FROM_FILE, projectId, ...more };
		return await scripeRun('source', 'create', parameters, { items: [item] });
	},
	expectFile() {
		const sent: SentFile = {};
		nock(SCRIPE)
			.post('/v1/uploads')
			.reply(200, (_uri, body) => {
				const { contentType } = body as IDataObject;
				return { data: { id: 'upl_9mN0oP1qR2', uploadUrl: `${STORAGE}/put`, contentType } };
			});
		expectPut(sent);
		nock(SCRIPE).post('/v1/sources').reply(202, { data: SCRIPE_JOB });
		return sent;
	},
	refuseFile() {
		const error = { code: 'unprocessable', message: 'Not supported' };
		nock(SCRIPE).post('/v1/uploads').reply(422, { error });
	},
	failJob() {
		const data = { ...SCRIPE_JOB, status: 'FAILED', errorCode: 'INGEST_FAILED' };
		nock(SCRIPE).get(`/v1/jobs/${SCRIPE_JOB.id}`).reply(200, { data });
	},
};

/** The providers that know a file by its name's extension. */
export const SENDERS_BY_NAME: Sender[] = [scriptivox, transcripton, whipscribe];

/** The provider that knows a file by its type. */
export const SENDER_BY_TYPE: Sender = scripe;

/** Every provider that takes files. */
export const SENDERS: Sender[] = [...SENDERS_BY_NAME, SENDER_BY_TYPE];
