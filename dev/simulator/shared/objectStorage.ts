import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { cutsBody, meetFault, meetReplyFault, type ErrorBody, type Fault } from './faults';
import { hashOf, type ReceivedContent } from './hashSink';
import type { PresignedUpload } from './presignedUploads';

/** A status and what is said with it. */
export type StorageRefusal = [status: number, message: string];

interface PutRoute {
	Params: { uploadId: string };
	Querystring: Record<string, string | undefined>;
}

/** A request to a presigned address. */
export type PutRequest = FastifyRequest<PutRoute>;

/** A provider's object storage. */
export interface ObjectStorage<Upload extends PresignedUpload> {
	/** Where files are put; what comes behind is the upload's id. */
	path: string;
	/** Takes note of a request. */
	follow(reply: FastifyReply): void;
	/** Whether a request carries a key anywhere, good or not; takes note of it. */
	noticesKey(request: PutRequest): boolean;
	/** The upload that a request is signed for. */
	signedFor(request: PutRequest): Upload | null;
	/** The faults that are due. */
	faultsFor(upload: Upload | null): Array<Fault | null>;
	/** What a fault answers with. */
	errorBody: ErrorBody;
	/** The status of a type that is not the signed one. */
	otherTypeStatus: number;
	/** The most bytes that an upload may have, and what is said to more. */
	limitOf(upload: Upload): { mostBytes: number; message: string };
	/** The rate at which it reads; null for as fast as it comes. */
	bytesPerSecond(): number | null;
	/** Keeps what `read` gives: a file's hash and size. */
	receive(upload: Upload, read: () => Promise<ReceivedContent>): Promise<void>;
	/** Answers a file that was kept. */
	accept(reply: FastifyReply, upload: Upload): FastifyReply;
	refuse(reply: FastifyReply, ...refusal: StorageRefusal): FastifyReply;
}

/** The storage behind presigned addresses: it takes no key, and a file once. */
export function useObjectStorage<Upload extends PresignedUpload>(
	app: FastifyInstance,
	storage: ObjectStorage<Upload>,
): void {
	app.removeAllContentTypeParsers();
	// the body stays a stream, whatever it says it is
	app.addContentTypeParser('*', (_request, _body, done) => done(null));
	app.addHook('onSend', async (request, reply, payload) =>
		meetReplyFault(request, reply, payload, storage.errorBody),
	);
	app.put<PutRoute>(`${storage.path}/:uploadId`, async (request, reply) => {
		storage.follow(reply);
		return await put(storage, request, reply);
	});
}

async function put<Upload extends PresignedUpload>(
	storage: ObjectStorage<Upload>,
	request: PutRequest,
	reply: FastifyReply,
): Promise<FastifyReply> {
	if (storage.noticesKey(request)) {
		return storage.refuse(reply, 400, 'A presigned URL takes no credentials');
	}
	const upload = storage.signedFor(request);
	const faults = storage.faultsFor(upload);
	for (const fault of faults) {
		if (cutsBody(fault)) continue;
		if (await meetFault(fault, request, reply, storage.errorBody)) return reply;
	}
	if (!upload) return storage.refuse(reply, 403, 'The signature of this URL is not valid');
	const refusal = refusalOf(storage, request, upload);
	if (refusal) return storage.refuse(reply, ...refusal);
	return await receive(storage, request, reply, upload, faults.some(cutsBody));
}

function refusalOf<Upload extends PresignedUpload>(
	storage: ObjectStorage<Upload>,
	{ headers }: PutRequest,
	upload: Upload,
): StorageRefusal | null {
	if (Date.now() > upload.expiresAt) return [403, 'This URL has expired'];
	if (upload.state !== 'waiting') return [409, 'This URL was used already'];
	const { 'content-length': length, 'content-type': contentType } = headers;
	if (length === undefined) return [411, 'A Content-Length is needed'];
	if (contentType !== upload.contentType) {
		return [storage.otherTypeStatus, `The Content-Type must be exactly ${upload.contentType}`];
	}
	const { mostBytes, message } = storage.limitOf(upload);
	return Number(length) > mostBytes ? [413, message] : null;
}

async function receive<Upload extends PresignedUpload>(
	storage: ObjectStorage<Upload>,
	request: PutRequest,
	reply: FastifyReply,
	upload: Upload,
	isCut: boolean,
): Promise<FastifyReply> {
	const half = Math.ceil(Number(request.headers['content-length']) / 2);
	const pace = {
		bytesPerSecond: storage.bytesPerSecond(),
		stopAfterBytes: isCut ? half : Infinity,
	};
	try {
		await storage.receive(upload, async () => {
			const content = await hashOf(request.raw, pace);
			if (isCut) throw new Error('Cut on purpose');
			return content;
		});
	} catch {
		// one side broke off: there is nobody to answer
		reply.hijack();
		request.raw.socket.resetAndDestroy();
		return reply;
	}
	return storage.accept(reply, upload);
}
