import type { FastifyInstance } from 'fastify';
import { createHash } from 'node:crypto';
import { isSilent } from '../shared/fileNames';
import { durationOf, spokenSentences, textOf } from '../shared/speech';
import { ENDPOINTS } from './endpoints';
import { Refusal } from './errors';
import { newId } from './ids';
import { answerWrite } from './requests';
import type { Source, Workspace } from './workspace';

interface SourceBody {
	type: 'text' | 'file';
	projectId: string;
	text?: string;
	uploadId?: string;
	name?: string | null;
}

const SOURCE_SCHEMA = {
	type: 'object',
	required: ['type', 'projectId'],
	properties: {
		type: { type: 'string', enum: ['text', 'file'] },
		projectId: { type: 'string' },
		text: { type: 'string', minLength: 1, maxLength: 1_000_000 },
		uploadId: { type: 'string' },
		name: { type: ['string', 'null'] },
	},
};

const UPLOAD_SCHEMA = {
	type: 'object',
	required: ['contentType'],
	properties: {
		contentType: { type: 'string', minLength: 1 },
		maxSizeBytes: { type: 'integer', minimum: 1 },
	},
};

/** POST /sources, GET /sources/{id} and POST /uploads. */
export function useSources(
	app: FastifyInstance,
	workspace: Workspace,
	storageOrigin: () => string,
): void {
	app.post<{ Body: SourceBody }>('/sources', {
		config: { endpoint: ENDPOINTS.createSource },
		schema: { body: SOURCE_SCHEMA },
		handler: async (request, reply) => {
			const { body } = request;
			const known = Object.keys(SOURCE_SCHEMA.properties);
			workspace.counts.fields(ENDPOINTS.createSource, body, known);
			return await answerWrite(workspace, request, reply, async () =>
				createSource(workspace, body),
			);
		},
	});

	app.get<{ Params: { id: string } }>('/sources/:id', {
		config: { endpoint: ENDPOINTS.getSource },
		handler: async ({ params }) => {
			const source = workspace.sources.get(params.id);
			if (!source) throw new Refusal('not_found', 'There is no source with this id');
			return { data: written(workspace, source) };
		},
	});

	app.post<{ Body: { contentType: string; maxSizeBytes?: number } }>('/uploads', {
		config: { endpoint: ENDPOINTS.mint },
		schema: { body: UPLOAD_SCHEMA },
		handler: async (request, reply) => {
			const known = Object.keys(UPLOAD_SCHEMA.properties);
			workspace.counts.fields(ENDPOINTS.mint, request.body, known);
			return await answerWrite(workspace, request, reply, async () => {
				const { contentType, maxSizeBytes } = request.body;
				const upload = workspace.uploads.mint(contentType, maxSizeBytes);
				return {
					id: upload.id,
					uploadUrl: storageOrigin() + workspace.uploads.presignedPath(upload),
					contentType: upload.contentType,
					maxSizeBytes: upload.maxSizeBytes,
					expiresAt: new Date(upload.expiresAt).toISOString(),
				};
			});
		},
	});
}

function createSource(workspace: Workspace, body: SourceBody): object {
	workspace.requireProject(body.projectId);
	if (body.type === 'text') {
		if (body.text === undefined) throw new Refusal('invalid_request', 'text is required');
		return written(workspace, keep(workspace, body, { text: body.text }));
	}
	if (body.uploadId === undefined) throw new Refusal('invalid_request', 'uploadId is required');
	const { sha256, sizeBytes } = workspace.uploads.contentOf(body.uploadId);
	const name = body.name ?? '';
	workspace.spend(workspace.settings.prices.ingestCents);
	return workspace.jobs.start({
		type: 'SOURCE_INGEST_FILE',
		projectId: body.projectId,
		name,
		make: () => {
			const durationSeconds = durationOf(sizeBytes);
			const text = isSilent(name) ? '' : transcriptOf(sha256, durationSeconds);
			return { sourceId: keep(workspace, body, { text, durationSeconds }).id };
		},
	});
}

/** What is spoken in a file: same bytes, same words. */
export function transcriptOf(sha256: string, durationSeconds: number): string {
	const sentences = spokenSentences({ sha256, durationSeconds, speakerCount: 1 });
	return sentences.map(({ words }) => textOf(words)).join(' ');
}

function keep(
	workspace: Workspace,
	{ projectId, name = null, type }: SourceBody,
	{ text, durationSeconds = null }: { text: string; durationSeconds?: number | null },
): Source {
	const source: Source = {
		id: newId('src'),
		projectId,
		name,
		text,
		durationSeconds,
		fileType: type === 'file' ? 'audio' : null,
		createdAt: new Date().toISOString(),
	};
	workspace.sources.set(source.id, source);
	return source;
}

/** A source as the API gives it. */
function written(workspace: Workspace, { text, ...source }: Source): object {
	const { previewCharacters, sourceStatus } = workspace.settings;
	return {
		...source,
		status: sourceStatus,
		textPreview: text.slice(0, previewCharacters),
		textPreviewTruncated: text.length > previewCharacters,
		hasFullText: true,
		updatedAt: source.createdAt,
		topics: text === '' ? [] : [topicOf(text)],
	};
}

function topicOf(text: string): object {
	const id = createHash('sha256').update(text).digest('hex').slice(0, 16);
	const title = text.split(/\s+/).slice(0, 6).join(' ');
	const hook = { id: `hk_${id}`, content: title, postType: 'STORY', contentType: 'UNKNOWN' };
	return {
		id: `tpc_${id}`,
		title,
		summary: text.slice(0, 200),
		keyTakeaways: [title],
		ranking: 1,
		score: 0.9,
		fromSeconds: 0,
		toSeconds: 10,
		hooks: [hook],
	};
}
