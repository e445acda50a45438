import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { meetFault, meetReplyFault, type Fault } from '../shared/faults';
import { hashOf } from '../shared/hashSink';
import type { Account } from './account';
import { ENDPOINTS } from './endpoints';
import { errorBody } from './errors';
import type { Upload } from './uploads';

interface UploadRoute {
	Params: { uploadId: string };
	Querystring: Record<string, string | undefined>;
}

/** The object storage behind the presigned URLs: it takes no key, and a file once. */
export function storageRoutes(account: Account): FastifyPluginAsync {
	return async (app) => {
		app.removeAllContentTypeParsers();
		// The body stays a stream, whatever it says it is.
		app.addContentTypeParser('*', (_request, _body, done) => done(null));
		app.addHook('onSend', async (request, reply, payload) =>
			meetReplyFault(request, reply, payload, errorBody),
		);
		app.put<UploadRoute>('/storage/uploads/:uploadId', async (request, reply) => {
			account.counts.follow(ENDPOINTS.put, reply.raw);
			return await put(account, request, reply);
		});
		app.route({
			method: ['GET', 'HEAD', 'POST', 'PATCH', 'DELETE'],
			url: '/storage/uploads/:uploadId',
			handler: async (_request, reply) => {
				reply.header('allow', 'PUT');
				return refuse(reply, 405, 'A presigned URL takes PUT');
			},
		});
	};
}

async function put(
	account: Account,
	request: FastifyRequest<UploadRoute>,
	reply: FastifyReply,
): Promise<FastifyReply> {
	if (carriesKey(account, request)) {
		account.keysSeen.storage += 1;
		return refuse(reply, 400, 'A presigned URL takes no credentials');
	}
	const upload = account.uploads.signedFor(request.params.uploadId, request.query);
	const faults = [
		account.faults.take(ENDPOINTS.put),
		upload && account.namedFault(upload.fileName, 'put'),
	];
	for (const fault of faults) {
		if (cutsBody(fault)) continue;
		if (await meetFault(fault, request, reply, errorBody)) return reply;
	}
	if (!upload) return refuse(reply, 403, 'The signature of this URL is not valid');
	const refusal = refusalOf(account, request, upload);
	if (refusal) return refuse(reply, ...refusal);
	return await receive(account, request, reply, upload, faults.some(cutsBody));
}

function refusalOf(
	account: Account,
	request: FastifyRequest,
	upload: Upload,
): [status: number, message: string] | null {
	if (Date.now() > upload.expiresAt) return [403, 'This URL has expired'];
	if (upload.state !== 'waiting') return [409, 'This URL was used already'];
	const { 'content-length': length, 'content-type': contentType } = request.headers;
	if (length === undefined) return [411, 'A Content-Length is needed'];
	if (contentType !== upload.contentType) {
		return [400, `The Content-Type must be exactly ${upload.contentType}`];
	}
	if (Number(length) > account.settings.uploads.maximumBytes) {
		return [413, 'The file is larger than the storage takes'];
	}
	return null;
}

async function receive(
	account: Account,
	request: FastifyRequest,
	reply: FastifyReply,
	upload: Upload,
	isCut: boolean,
): Promise<FastifyReply> {
	const { bytesPerSecond } = account.settings.uploads;
	const half = Math.ceil(Number(request.headers['content-length']) / 2);
	const stopAfterBytes = isCut ? half : Infinity;
	try {
		await account.uploads.receive(upload, async () => {
			const content = await hashOf(request.raw, { bytesPerSecond, stopAfterBytes });
			if (isCut) throw new Error('Cut on purpose');
			return content;
		});
	} catch {
		// One side broke off: there is nobody to answer.
		reply.hijack();
		request.raw.socket.resetAndDestroy();
		return reply;
	}
	return await reply.send({ Id: upload.id, Key: `uploads/${upload.id}` });
}

/** Whether a fault breaks the connection while the body comes in. */
function cutsBody(fault: Fault | null): boolean {
	return fault?.kind === 'reset' && fault.stage !== 'reply';
}

/** Whether a request carries a key anywhere, good or not. */
function carriesKey(account: Account, request: FastifyRequest<UploadRoute>): boolean {
	const { authorization, 'x-api-key': apiKey } = request.headers;
	if (authorization !== undefined || apiKey !== undefined) return true;
	const texts = [request.url, ...Object.values(request.query), ...request.raw.rawHeaders];
	return texts.some((text) => account.holdsKey(String(text)));
}

function refuse(reply: FastifyReply, status: number, message: string): FastifyReply {
	return reply.code(status).send({ statusCode: String(status), error: 'Refused', message });
}
