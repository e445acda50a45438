import busboy from 'busboy';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import { fileNameOfUrl } from '../shared/fileNames';
import { onGoneSender } from '../shared/goneSender';
import { hashOf, type ReceivedContent } from '../shared/hashSink';
import type { Account } from './account';
import { ENDPOINTS } from './endpoints';
import { InvalidFields, Refusal } from './errors';
import { refusalNamed } from './fileNames';
import { beginsAsNamed, EXTENSIONS, extensionOf } from './formats';
import type { JobRequest } from './jobs';
import { isCut } from './requests';

/** How many of a file's first bytes are looked at. */
const LOOKED_AT_BYTES = 16 * 1024;

interface FromUrlBody {
	url: string;
	language?: string;
	diarize?: boolean;
}

interface ReceivedForm {
	fields: Record<string, string>;
	file: { name: string; content: ReceivedContent } | null;
}

/** POST /jobs and POST /jobs/from-url. */
export function useStarting(app: FastifyInstance, account: Account): void {
	app.post('/jobs', {
		config: { endpoint: ENDPOINTS.upload },
		bodyLimit: Number.MAX_SAFE_INTEGER,
		handler: async (request, reply) => {
			if (isCut(request)) return await breakOff(request, reply);
			checkService(account);
			const { fields, file } = await receiveForm(account, request);
			account.counts.fields(ENDPOINTS.upload, fields, ['diarize']);
			if (!file) throw missing('file');
			checkFile(account, file.name, file.content.firstBytes);
			const { sha256, sizeBytes } = file.content;
			account.uploads.received += 1;
			account.uploads.bytes += sizeBytes;
			return start(account, {
				source: 'upload',
				fileName: file.name,
				sha256,
				sizeBytes,
				diarize: booleanOf(fields.diarize),
				language: null,
			});
		},
	});

	app.post<{ Body: FromUrlBody | undefined }>('/jobs/from-url', {
		config: { endpoint: ENDPOINTS.fromUrl },
		handler: async ({ body }) => {
			account.counts.fields(ENDPOINTS.fromUrl, body, ['url', 'language', 'diarize']);
			checkService(account);
			const { url, language = null, diarize = false } = checkedBody(body);
			const digest = createHash('sha256').update(url).digest();
			return start(account, {
				source: 'url',
				fileName: fileNameOfUrl(url),
				sha256: digest.toString('hex'),
				// Nothing is fetched: the address decides how large its media would have been.
				sizeBytes: 100_000 + (digest.readUInt32BE(0) % 4_000_000),
				diarize,
				language,
			});
		},
	});
}

function checkService({ settings }: Account): void {
	if (!settings.emailVerified) {
		throw new Refusal('email_not_verified', 'Confirm your email address first');
	}
	if (!settings.asrAvailable) {
		throw new Refusal('asr_quota_exceeded', 'No capacity for transcriptions at the moment');
	}
}

function checkFile({ settings }: Account, name: string, firstBytes: Buffer): void {
	if (!EXTENSIONS.some((extension) => extension === extensionOf(name))) {
		throw new Refusal('unsupported_format', 'This kind of file is not supported');
	}
	if (settings.checkFirstBytes && !beginsAsNamed(name, firstBytes)) {
		throw new Refusal('unsupported_format', 'The file does not begin as its name says');
	}
}

function start(account: Account, request: JobRequest) {
	const refused = refusalNamed(request.fileName);
	if (refused) throw new Refusal(refused, 'The name of the file asks for this refusal');
	const { id, status } = account.jobs.create(request);
	return { id, status };
}

/** Reads a form as it comes: the file is hashed, never kept. Throws on a body that is no form. */
async function receiveForm(account: Account, request: FastifyRequest): Promise<ReceivedForm> {
	const parser = parserFor(request);
	const { bytesPerSecond } = account.settings;
	const fields: Record<string, string> = {};
	let file: Promise<ReceivedForm['file']> = Promise.resolve(null);
	parser.on('field', (name, value) => {
		fields[name] = value;
	});
	parser.on('file', (name, stream, { filename }) => {
		if (name !== 'file') {
			fields[name] = filename;
			stream.resume();
			return;
		}
		const options = { bytesPerSecond, keepFirstBytes: LOOKED_AT_BYTES };
		file = hashOf(stream, options).then((content) => ({ name: filename, content }));
		// A sender that goes away ends the parser with the same error.
		file.catch(() => undefined);
	});
	await account.whileUploading(
		async () =>
			await new Promise<void>((resolve, reject) => {
				parser.once('close', resolve).once('error', reject);
				onGoneSender(request.raw, reject);
				request.raw.pipe(parser);
			}),
	);
	return { fields, file: await file };
}

function parserFor({ headers }: FastifyRequest) {
	if (!/^multipart\/form-data\s*;/i.test(headers['content-type'] ?? '')) throw missing('file');
	return busboy({ headers, defParamCharset: 'utf8' });
}

/** Takes half of the body, then breaks the connection. */
async function breakOff(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
	const half = Math.ceil(Number(request.headers['content-length'] ?? 2) / 2);
	await hashOf(request.raw, { stopAfterBytes: half });
	reply.hijack();
	request.raw.socket.resetAndDestroy();
	return reply;
}

function checkedBody(body: FromUrlBody | undefined): FromUrlBody {
	if (typeof body !== 'object' || body === null || body.url === undefined) throw missing('url');
	const { url, language, diarize } = body;
	if (!URL.canParse(String(url)) || !/^https?:/.test(String(url))) {
		throw flaw('url', 'Input should be a valid URL', 'url_parsing');
	}
	if (language !== undefined && typeof language !== 'string') {
		throw flaw('language', 'Input should be a valid string', 'string_type');
	}
	if (diarize !== undefined && typeof diarize !== 'boolean') {
		throw flaw('diarize', 'Input should be a valid boolean', 'bool_type');
	}
	return body;
}

function booleanOf(text: string | undefined): boolean {
	if (text === undefined || text === 'false') return false;
	if (text === 'true') return true;
	throw flaw('diarize', 'Input should be a valid boolean', 'bool_parsing');
}

function missing(field: string): InvalidFields {
	return flaw(field, 'Field required', 'missing');
}

function flaw(field: string, msg: string, type: string): InvalidFields {
	return new InvalidFields([{ loc: ['body', field], msg, type }]);
}
