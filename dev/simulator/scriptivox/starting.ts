import type { FastifyInstance } from 'fastify';
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileNameOfUrl } from '../shared/fileNames';
import type { Account } from './account';
import { ENDPOINTS } from './endpoints';
import { Refusal } from './errors';
import { refusalNamed } from './fileNames';
import { LANGUAGE_CODES } from './formats';
import type { Job, JobRequest } from './jobs';
import { requireJson } from './requests';

interface UploadBody {
	filename: string;
}

interface TranscribeBody {
	upload_id?: string;
	url?: string;
	language?: string;
	diarize?: boolean;
	speaker_count?: number;
	align?: boolean;
	webhook_url?: string;
}

const UPLOAD_SCHEMA = {
	type: 'object',
	required: ['filename'],
	properties: { filename: { type: 'string', minLength: 1 } },
};

const TRANSCRIBE_SCHEMA = {
	type: 'object',
	properties: {
		upload_id: { type: 'string' },
		url: { type: 'string', maxLength: 2048 },
		language: { type: 'string', enum: LANGUAGE_CODES },
		diarize: { type: 'boolean' },
		speaker_count: { type: 'integer', minimum: 1, maximum: 50 },
		align: { type: 'boolean' },
		webhook_url: { type: 'string' },
	},
};

/** POST /upload and POST /transcribe. */
export function useStarting(app: FastifyInstance, account: Account, storageOrigin: () => string) {
	app.post<{ Body: UploadBody }>('/upload', {
		config: { endpoint: ENDPOINTS.upload },
		schema: { body: UPLOAD_SCHEMA },
		preValidation: requireJson,
		handler: async (request, reply) => {
			account.counts.fields(ENDPOINTS.upload, request.body, Object.keys(UPLOAD_SCHEMA.properties));
			const { filename } = request.body;
			if (await account.meetNamedFault(filename, 'upload', request, reply)) return reply;
			const upload = account.uploads.create(filename);
			return {
				upload_id: upload.id,
				upload_url: storageOrigin() + account.uploads.presignedPath(upload),
				method: 'PUT',
				headers: { 'Content-Type': upload.contentType },
				expires_in: account.settings.uploads.expireSeconds,
			};
		},
	});

	app.post<{ Body: TranscribeBody }>('/transcribe', {
		config: { endpoint: ENDPOINTS.transcribe },
		schema: { body: TRANSCRIBE_SCHEMA },
		preValidation: requireJson,
		handler: async (request, reply) => {
			const { body } = request;
			const known = Object.keys(TRANSCRIBE_SCHEMA.properties);
			account.counts.fields(ENDPOINTS.transcribe, body, known);
			checkForm(body);
			const name = fileNameOf(account, body);
			if (await account.meetNamedFault(name, 'transcribe', request, reply)) return reply;
			const key = request.headers['idempotency-key'] as string | undefined;
			const outcome = await account.idempotencyKeys.once(key, body, async () => {
				if (account.settings.acceptSeconds > 0) await sleep(account.settings.acceptSeconds * 1000);
				const job = start(account, request.apiKey, name, body);
				return { id: job.id, status: 'created', message: 'The transcription was created' };
			});
			if (outcome.replayed) reply.header('Idempotent-Replay', 'true');
			return outcome.reply;
		},
	});
}

/** Refuses what can be told to be wrong from the request alone. */
function checkForm(body: TranscribeBody): void {
	if ((body.upload_id === undefined) === (body.url === undefined)) {
		throw new Refusal('INVALID_REQUEST', 'Exactly one of upload_id and url is required');
	}
	if (body.url !== undefined && !isHttp(body.url)) {
		throw new Refusal('INVALID_REQUEST', 'url must be an http or https URL');
	}
	if (body.webhook_url !== undefined && !isHttp(body.webhook_url)) {
		throw new Refusal('INVALID_REQUEST', 'webhook_url must be an http or https URL');
	}
	if (body.speaker_count !== undefined && body.diarize !== true) {
		throw new Refusal('INVALID_REQUEST', 'speaker_count needs diarize: true');
	}
}

function start(account: Account, apiKey: string, fileName: string, body: TranscribeBody): Job {
	const refused = refusalNamed(fileName);
	if (refused) throw new Refusal(refused, 'The name of the file asks for this refusal');
	const diarize = body.diarize ?? false;
	const request: JobRequest = {
		apiKey,
		fileName,
		...sourceOf(account, body),
		language: body.language ?? null,
		diarize,
		speakerCount: body.speaker_count ?? null,
		align: diarize || (body.align ?? account.settings.alignByDefault),
		webhookUrl: body.webhook_url ?? null,
	};
	const job = account.jobs.create(request);
	const upload = account.uploads.find(body.upload_id ?? '');
	if (upload) upload.used = true;
	return job;
}

function sourceOf(
	account: Account,
	body: TranscribeBody,
): Pick<JobRequest, 'source' | 'url' | 'sha256' | 'sizeBytes'> {
	if (body.url === undefined) {
		const { sha256, sizeBytes } = account.uploads.use(body.upload_id ?? '').content;
		return { source: 'upload', url: null, sha256, sizeBytes };
	}
	const digest = createHash('sha256').update(body.url).digest();
	// Nothing is fetched: the address decides how large its media would have been.
	const sizeBytes = 100_000 + (digest.readUInt32BE(0) % 4_000_000);
	return { source: 'url', url: body.url, sha256: digest.toString('hex'), sizeBytes };
}

function fileNameOf(account: Account, body: TranscribeBody): string {
	if (body.url !== undefined) return fileNameOfUrl(body.url);
	return account.uploads.find(body.upload_id ?? '')?.fileName ?? '';
}

function isHttp(text: string): boolean {
	return URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol);
}
