import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { meetFault, meetReplyFault, type Fault } from '../shared/faults';
import { hashOf } from '../shared/hashSink';
import { ENDPOINTS } from './endpoints';
import { errorBody } from './errors';
import type { Upload } from './uploads';
import type { Workspace } from './workspace';

interface UploadRoute {
	Params: { uploadId: string };
	Querystring: Record<string, string | undefined>;
}

/** The object storage behind the presigned URLs: it takes no key, and a file once. */
export function storageRoutes(workspace: Workspace): FastifyPluginAsync {
	return async (app) => {
		app.removeAllContentTypeParsers();
		// the body stays a stream, whatever it says it is
		app.addContentTypeParser('*', (_request, _body, done) => done(null));
		app.addHook('onSend', async (request, reply, payload) =>
			meetReplyFault(request, reply, payload, errorBody),
		);
		app.put<UploadRoute>('/scripe-storage/:uploadId', async (request, reply) => {
			workspace.counts.follow(ENDPOINTS.put, reply.raw);
			return await put(workspace, request, reply);
		});
	};
}

async function put(
	workspace: Workspace,
	request: FastifyRequest<UploadRoute>,
	reply: FastifyReply,
): Promise<FastifyReply> {
	if (carriesKey(workspace, request)) {
		workspace.keysSeenAtStorage += 1;
		return refuse(reply, 400, 'A presigned URL takes no credentials');
	}
	const fault = workspace.faults.take(ENDPOINTS.put);
	const isCut = cutsBody(fault);
	if (!isCut && (await meetFault(fault, request, reply, errorBody))) return reply;
	const signature = request.query['X-Signature'];
	const upload = workspace.uploads.signedFor(request.params.uploadId, signature);
	if (!upload) return refuse(reply, 403, 'The signature of this URL is not valid');
	const refusal = refusalOf(request, upload);
	if (refusal) return refuse(reply, ...refusal);
	return await receive(workspace, request, reply, upload, isCut);
}

function refusalOf(
	{ headers }: FastifyRequest<UploadRoute>,
	upload: Upload,
): [status: number, message: string] | null {
	if (Date.now() > upload.expiresAt) return [403, 'This URL has expired'];
	if (upload.state !== 'waiting') return [409, 'This URL was used already'];
	if (headers['content-length'] === undefined) return [411, 'A Content-Length is needed'];
	if (headers['content-type'] !== upload.contentType) {
		return [403, `The Content-Type must be exactly ${upload.contentType}`];
	}
	if (Number(headers['content-length']) > upload.maxSizeBytes) {
		return [413, 'The file is larger than this URL is for'];
	}
	return null;
}

async function receive(
	workspace: Workspace,
	request: FastifyRequest<UploadRoute>,
	reply: FastifyReply,
	upload: Upload,
	isCut: boolean,
): Promise<FastifyReply> {
	const { bytesPerSecond } = workspace.settings.uploads;
	const half = Math.ceil(Number(request.headers['content-length']) / 2);
	try {
		await workspace.uploads.receive(upload, async () => {
			const stopAfterBytes = isCut ? half : Infinity;
			const content = await hashOf(request.raw, { bytesPerSecond, stopAfterBytes });
			if (isCut) throw new Error('Cut on purpose');
			return content;
		});
	} catch {
		// one side broke off: there is nobody to answer
		reply.hijack();
		request.raw.socket.resetAndDestroy();
		return reply;
	}
	return await reply.code(200).send();
}

/** Whether a fault breaks the connection while the body comes in. */
function cutsBody(fault: Fault | null): boolean {
	return fault?.kind === 'reset' && fault.stage !== 'reply';
}

/** Whether a request carries a key anywhere, good or not. */
function carriesKey(workspace: Workspace, request: FastifyRequest<UploadRoute>): boolean {
	if (request.headers.authorization !== undefined) return true;
	const texts = [request.url, ...request.raw.rawHeaders];
	return texts.some((text) => workspace.holdsKey(text));
}

function refuse(reply: FastifyReply, status: number, message: string): FastifyReply {
	return reply.code(status).type('application/xml').send(`<Error>${message}</Error>`);
}
