import busboy from 'busboy';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import { extname } from 'node:path';
import type { Readable } from 'node:stream';
import { cutsBody } from '../shared/faults';
import { fileNameOfUrl } from '../shared/fileNames';
import { onGoneSender } from '../shared/goneSender';
import { hashOf, type ReceivedContent } from '../shared/hashSink';
import { ENDPOINTS, type Account } from './account';
import { callerOf } from './callers';
import { Refusal } from './errors';
import type { Job, JobRequest } from './jobs';

const EXTENSIONS = ['.mp3', '.m4a', '.wav', '.mp4', '.mov', '.ogg', '.webm', '.flac'];
const SOURCES = ['upload', 'url', 'recording', 'api'];
const FIELDS = ['language', 'diarize', 'word_timestamps', 'source'];
const YOUTUBE = /(^|\.)(youtube\.com|youtu\.be)$/;
/** How long a recording from a URL is taken to be: ten seconds of audio. */
const URL_BYTES = 160_000;

interface ReceivedForm {
	fields: Record<string, string>;
	file: ({ name: string } & ReceivedContent) | null;
}

/** POST /transcribe and POST /transcribe/url. */
export function useSubmits(app: FastifyInstance, account: Account): void {
	app.post('/transcribe', {
		config: { endpoint: ENDPOINTS.transcribe },
		handler: async (request, reply) => {
			if (cutsBody(request.replyFault)) {
				return await cut(request, reply);
			}
			const form = await account.receiving(async () => await receive(account, request));
			return await submit(account, request, reply, () => fileRequest(account, form));
		},
	});

	app.post<{ Body: Record<string, unknown> | undefined }>('/transcribe/url', {
		config: { endpoint: ENDPOINTS.transcribeUrl },
		handler: async (request, reply) => {
			const { body = {} } = request;
			return await submit(account, request, reply, () => urlRequest(account, body));
		},
	});
}

async function submit(
	account: Account,
	request: FastifyRequest,
	reply: FastifyReply,
	wanted: () => JobRequest,
): Promise<object> {
	const caller = callerOf(account.settings, request);
	const key = request.headers['idempotency-key'] as string | undefined;
	const { reply: job, replayed } = await account.submitKeys.once(caller.apiKey, key, async () =>
		account.jobs.create(wanted(), caller),
	);
	if (replayed) reply.header('x-idempotent-replay', 'true');
	reply.code(replayed ? 200 : 202);
	return submitted(job, replayed);
}

function submitted({ id, status, claimToken }: Job, replayed: boolean): object {
	return {
		job_id: id,
		status: replayed ? status : 'queued',
		tier: 2,
		...(claimToken !== null && { claim_token: claimToken }),
	};
}

/** Reads half of the body, then breaks off. */
async function cut(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
	const half = Math.ceil(Number(request.headers['content-length'] ?? 0) / 2);
	await hashOf(request.raw, { stopAfterBytes: half });
	reply.hijack();
	request.raw.socket.resetAndDestroy();
	return reply;
}

/** Reads a form to its end; its file is hashed and never kept. */
async function receive(account: Account, request: FastifyRequest): Promise<ReceivedForm> {
	const { 'content-type': contentType = '' } = request.headers;
	if (!contentType.startsWith('multipart/form-data')) {
		throw new Refusal(null, 'The body must be multipart/form-data');
	}
	const { bytesPerSecond } = account.settings.uploads;
	const form: ReceivedForm = { fields: {}, file: null };
	const parser = busboy({ headers: request.headers, defParamCharset: 'utf8' });
	const reading: Array<Promise<void>> = [];
	parser.on('field', (name, value) => void (form.fields[name] = value));
	parser.on('file', (name, stream: Readable, { filename }) => {
		const read = async () => {
			const content = await hashOf(stream, { bytesPerSecond });
			if (name === 'file') form.file = { name: filename, ...content };
		};
		reading.push(read());
	});
	await new Promise<void>((resolve, reject) => {
		parser.once('close', resolve);
		parser.once('error', reject);
		request.raw.once('error', reject);
		onGoneSender(request.raw, reject);
		request.raw.pipe(parser);
	});
	await Promise.all(reading);
	return form;
}

function fileRequest(account: Account, { fields, file }: ReceivedForm): JobRequest {
	account.counts.fields(ENDPOINTS.transcribe, fields, FIELDS);
	if (!file) throw new Refusal(null, 'file is missing');
	if (!EXTENSIONS.includes(extname(file.name).toLowerCase())) {
		throw new Refusal('BAD_MIME', 'This kind of file is not supported');
	}
	if (file.sizeBytes > account.settings.uploads.maximumBytes) {
		throw new Refusal('FILE_TOO_LARGE', 'The file is too large');
	}
	const { sha256, sizeBytes, name } = file;
	return {
		fileName: name,
		sha256,
		sizeBytes,
		language: fields.language ?? null,
		diarize: truth(fields, 'diarize'),
		wordTimestamps: truth(fields, 'word_timestamps'),
		source: sourceOf(fields.source ?? 'upload'),
	};
}

function urlRequest(account: Account, body: Record<string, unknown>): JobRequest {
	account.counts.fields(ENDPOINTS.transcribeUrl, body, ['url', ...FIELDS]);
	const { language } = body;
	if (language !== undefined && typeof language !== 'string') {
		throw new Refusal(null, 'language must be a string');
	}
	const url = checkedUrl(body.url);
	return {
		fileName: fileNameOfUrl(url) || null,
		sha256: createHash('sha256').update(url).digest('hex'),
		sizeBytes: URL_BYTES,
		language: language === 'auto' ? null : (language ?? null),
		diarize: boolean(body, 'diarize'),
		wordTimestamps: boolean(body, 'word_timestamps'),
		source: sourceOf(body.source ?? 'url'),
	};
}

/** Of YouTube only Creative Commons videos are taken; here an address that says `license=cc`. */
function checkedUrl(url: unknown): string {
	if (typeof url !== 'string') throw new Refusal(null, 'url must be a string');
	const address = URL.canParse(url) ? new URL(url) : null;
	const isWeb = address !== null && /^https?:$/.test(address.protocol);
	if (!isWeb) throw new Refusal('BAD_URL', 'The URL must be http or https');
	if (YOUTUBE.test(address.hostname) && address.searchParams.get('license') !== 'cc') {
		throw new Refusal('BAD_URL', 'Only Creative Commons videos of YouTube are accepted');
	}
	return url;
}

function truth(fields: Record<string, string>, name: string): boolean {
	const value = fields[name] ?? 'true';
	if (value === 'true' || value === 'false') return value === 'true';
	throw new Refusal(null, `${name} must be true or false`);
}

function boolean(body: Record<string, unknown>, name: string): boolean {
	const value = body[name] ?? true;
	if (typeof value === 'boolean') return value;
	throw new Refusal(null, `${name} must be a boolean`);
}

function sourceOf(source: unknown): string {
	if (SOURCES.includes(source as string)) return source as string;
	throw new Refusal('BAD_SOURCE', `source must be one of ${SOURCES.join(', ')}`);
}
