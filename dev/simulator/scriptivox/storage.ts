import type { FastifyPluginAsync, FastifyReply } from 'fastify';
import { useObjectStorage, type PutRequest } from '../shared/objectStorage';
import type { Account } from './account';
import { ENDPOINTS } from './endpoints';
import { errorBody } from './errors';
import type { Upload } from './uploads';

const PATH = '/storage/uploads';

/** The object storage behind the presigned URLs. */
export function storageRoutes(account: Account): FastifyPluginAsync {
	return async (app) => {
		useObjectStorage<Upload>(app, {
			path: PATH,
			follow: (reply) => account.counts.follow(ENDPOINTS.put, reply.raw),
			noticesKey(request) {
				const isCarried = carriesKey(account, request);
				if (isCarried) account.keysSeen.storage += 1;
				return isCarried;
			},
			signedFor: ({ params, query }) => account.uploads.signedFor(params.uploadId, query),
			faultsFor: (upload) => [
				account.faults.take(ENDPOINTS.put),
				upload && account.namedFault(upload.fileName, 'put'),
			],
			errorBody,
			otherTypeStatus: 400,
			limitOf: () => ({
				mostBytes: account.settings.uploads.maximumBytes,
				message: 'The file is larger than the storage takes',
			}),
			bytesPerSecond: () => account.settings.uploads.bytesPerSecond,
			receive: async (upload, read) => await account.uploads.receive(upload, read),
			accept: (reply, { id }) => reply.send({ Id: id, Key: `uploads/${id}` }),
			refuse,
		});
		app.route({
			method: ['GET', 'HEAD', 'POST', 'PATCH', 'DELETE'],
			url: `${PATH}/:uploadId`,
			handler: async (_request, reply) => {
				reply.header('allow', 'PUT');
				return refuse(reply, 405, 'A presigned URL takes PUT');
			},
		});
	};
}

function carriesKey(account: Account, request: PutRequest): boolean {
	const { authorization, 'x-api-key': apiKey } = request.headers;
	if (authorization !== undefined || apiKey !== undefined) return true;
	const texts = [request.url, ...Object.values(request.query), ...request.raw.rawHeaders];
	return texts.some((text) => account.holdsKey(String(text)));
}

function refuse(reply: FastifyReply, status: number, message: string): FastifyReply {
	return reply.code(status).send({ statusCode: String(status), error: 'Refused', message });
}
