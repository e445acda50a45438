import type { FastifyPluginAsync } from 'fastify';
import { useObjectStorage, type PutRequest } from '../shared/objectStorage';
import { ENDPOINTS } from './endpoints';
import { errorBody } from './errors';
import type { Upload } from './uploads';
import type { Workspace } from './workspace';

/** The object storage behind the presigned URLs. */
export function storageRoutes(workspace: Workspace): FastifyPluginAsync {
	return async (app) => {
		useObjectStorage<Upload>(app, {
			path: '/scripe-storage',
			follow: (reply) => workspace.counts.follow(ENDPOINTS.put, reply.raw),
			noticesKey(request) {
				const isCarried = carriesKey(workspace, request);
				if (isCarried) workspace.keysSeenAtStorage += 1;
				return isCarried;
			},
			signedFor: ({ params, query }) =>
				workspace.uploads.signedFor(params.uploadId, query['X-Signature']),
			faultsFor: () => [workspace.faults.take(ENDPOINTS.put)],
			errorBody,
			otherTypeStatus: 403,
			limitOf: ({ maxSizeBytes }) => ({
				mostBytes: maxSizeBytes,
				message: 'The file is larger than this URL is for',
			}),
			bytesPerSecond: () => workspace.settings.uploads.bytesPerSecond,
			receive: async (upload, read) => await workspace.uploads.receive(upload, read),
			accept: (reply) => reply.code(200).send(),
			refuse: (reply, status, message) =>
				reply.code(status).type('application/xml').send(`<Error>${message}</Error>`),
		});
	};
}

function carriesKey(workspace: Workspace, request: PutRequest): boolean {
	if (request.headers.authorization !== undefined) return true;
	const texts = [request.url, ...request.raw.rawHeaders];
	return texts.some((text) => workspace.holdsKey(text));
}
