import nock from 'nock';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { Scripe } from '../../../nodes/Scripe/Scripe.node';
import { binaryItem, operationsOf } from '../harness';

export { jsonOf } from '../harness';

export const KEY = 'scripe_sk_live_unit_0123456789abcdef';
export const PROJECT = 'proj_7Qk2vX9mB4';
export const SOURCE = 'src_1aB2cD3eF4';
export const JOB = 'job_5gH6iJ7kL8';
export const UPLOAD = 'upl_9mN0oP1qR2';
export const POST = 'post_3sT4uV5wX6';
export const STORAGE = 'https://storage.example';

export const credentials = { scripeApi: { apiKey: KEY } };

/** The API, which every request has to reach with the key and the version. */
export function api(): nock.Scope {
	return nock('https://api.scripe.io', {
		reqheaders: { authorization: `Bearer ${KEY}`, 'scripe-api-version': '2026-08-01' },
	});
}

/** Runs an operation of the Scripe node. */
export const run = operationsOf(() => new Scripe(), credentials);

/** A thing of a resource locator, chosen from the list. */
export const chosen = (value: string): INodeParameters => ({ __rl: true, mode: 'list', value });

export const inProject = { projectId: chosen(PROJECT) };
export const ofJob = { jobId: chosen(JOB) };

/** A source with all that Scripe may give. */
export const WIRE_SOURCE = {
	id: SOURCE,
	projectId: PROJECT,
	status: 'Done',
	durationSeconds: 61.4,
	createdAt: '2026-11-22T11:58:00.000Z',
	textPreview: 'Good morning. Thank you.',
	textPreviewTruncated: true,
	hasFullText: true,
	name: 'Morning',
	fileType: 'audio',
	updatedAt: '2026-11-22T11:59:00.000Z',
	topics: [{ id: 'tpc_1', title: 'Mornings', keyTakeaways: ['They are good'], hooks: [] }],
};

/** What a user gets of it with Simplify. */
export const SIMPLIFIED_SOURCE = {
	provider: 'scripe',
	id: SOURCE,
	status: 'completed',
	text: 'Good morning. Thank you.',
	language: null,
	durationSeconds: 61.4,
	speechDetected: null,
	speakers: [],
	segments: [],
	error: null,
	fileName: null,
	sourceId: SOURCE,
	jobId: null,
	projectId: PROJECT,
	name: 'Morning',
	textIsCut: true,
	topics: WIRE_SOURCE.topics,
};

/** A job as Scripe gives it, queued unless told otherwise. */
export function wireJob(changes: IDataObject = {}): IDataObject {
	return {
		id: JOB,
		type: 'SOURCE_INGEST_FILE',
		status: 'QUEUED',
		projectId: PROJECT,
		startedAt: null,
		completedAt: null,
		progress: null,
		result: null,
		errorCode: null,
		errorMessage: null,
		attemptCount: 0,
		estimatedCompletionMs: 4000,
		createdAt: '2026-11-22T11:57:00.000Z',
		updatedAt: '2026-11-22T11:57:00.000Z',
		...changes,
	};
}

export const DONE = wireJob({ status: 'DONE', result: { sourceId: SOURCE } });

/** What a user gets of a queued job with Simplify. */
export const SIMPLIFIED_JOB = {
	provider: 'scripe',
	id: JOB,
	status: 'queued',
	text: null,
	language: null,
	durationSeconds: null,
	speechDetected: null,
	speakers: [],
	segments: [],
	error: null,
	fileName: null,
	sourceId: null,
	jobId: JOB,
	projectId: PROJECT,
	type: 'SOURCE_INGEST_FILE',
	progress: null,
	postId: null,
	documentId: null,
};

/** A post as Scripe gives it. */
export const WIRE_POST = {
	id: POST,
	status: 'draft',
	platform: 'LINKEDIN',
	contentType: 'UNKNOWN',
	title: null,
	content: 'What I learned',
	createdAt: '2026-11-22T11:58:00.000Z',
	projectId: PROJECT,
	scheduledAt: null,
	updatedAt: '2026-11-22T11:58:00.000Z',
};

/** A page of a list. */
export function page(rows: unknown[], next: string | null = null): IDataObject {
	return {
		data: rows as IDataObject[],
		pagination: { next_cursor: next, has_more: next !== null },
	};
}

/** Scripe's error envelope. */
export function envelope(code: string, more: IDataObject = {}): IDataObject {
	const docs_url = `https://apidocs.scripe.io/api/v1/errors/${code}`;
	return {
		error: { code, message: `Because of ${code}`, request_id: 'req_42', docs_url, ...more },
	};
}

/** What POST /uploads gives. */
export function minted(uploadId = UPLOAD, contentType = 'audio/mpeg'): IDataObject {
	return {
		data: {
			id: uploadId,
			uploadUrl: `${STORAGE}/put/${uploadId}?X-Signature=signed`,
			contentType,
			maxSizeBytes: 15,
			expiresAt: '2026-11-22T13:00:00.000Z',
		},
	};
}

/** Expects the PUT that goes where an upload says, without the key. */
export function expectPut(uploadId = UPLOAD): nock.Interceptor {
	const badheaders = ['authorization', 'scripe-api-version', 'idempotency-key'];
	return nock(STORAGE, { badheaders }).put(`/put/${uploadId}?X-Signature=signed`);
}

export const speech = async () => await binaryItem(Buffer.from('sound of speech'));
