import type { FastifyInstance } from 'fastify';
import { setTimeout as sleep } from 'node:timers/promises';
import { ENDPOINTS } from './endpoints';
import { Refusal } from './errors';
import { newId } from './ids';
import type { Job } from './jobs';
import { answerWrite } from './requests';
import type { Row, Workspace } from './workspace';

const LONGEST_WAIT_MILLISECONDS = 25_000;
const LOOK_AGAIN_MILLISECONDS = 10;

interface PostBody {
	projectId: string;
	content?: string;
	title?: string;
	contentType?: string;
	scheduledFor?: string;
}

interface GenerationBody {
	projectId: string;
	source: { text: string };
	scheduledFor?: string;
	options?: { language?: string };
	wait_for_completion_ms?: number;
}

const POST_SCHEMA = {
	type: 'object',
	required: ['projectId'],
	properties: {
		projectId: { type: 'string' },
		content: { type: 'string', maxLength: 100_000 },
		title: { type: 'string', maxLength: 500 },
		contentType: { type: 'string' },
		scheduledFor: { type: 'string' },
	},
};

const GENERATION_SCHEMA = {
	type: 'object',
	required: ['projectId', 'source'],
	properties: {
		projectId: { type: 'string' },
		source: {
			type: 'object',
			required: ['text'],
			properties: { text: { type: 'string', minLength: 1 } },
		},
		scheduledFor: { type: 'string' },
		options: { type: 'object', properties: { language: { type: 'string' } } },
		wait_for_completion_ms: { type: 'integer', minimum: 0 },
	},
};

/** POST /posts and POST /posts/generations. */
export function usePosts(app: FastifyInstance, workspace: Workspace): void {
	app.post<{ Body: PostBody }>('/posts', {
		config: { endpoint: ENDPOINTS.createPost },
		schema: { body: POST_SCHEMA },
		handler: async (request, reply) => {
			const known = Object.keys(POST_SCHEMA.properties);
			workspace.counts.fields(ENDPOINTS.createPost, request.body, known);
			return await answerWrite(workspace, request, reply, async () =>
				keep(workspace, request.body),
			);
		},
	});

	app.post<{ Body: GenerationBody }>('/posts/generations', {
		config: { endpoint: ENDPOINTS.generatePost },
		schema: { body: GENERATION_SCHEMA },
		handler: async (request, reply) => {
			const known = Object.keys(GENERATION_SCHEMA.properties);
			workspace.counts.fields(ENDPOINTS.generatePost, request.body, known);
			return await answerWrite(workspace, request, reply, async () => {
				const job = generate(workspace, request.body);
				await settle(job, request.body.wait_for_completion_ms ?? 0);
				return job;
			});
		},
	});
}

function keep(workspace: Workspace, body: PostBody): Row {
	workspace.requireProject(body.projectId);
	const scheduledAt = scheduleOf(body.scheduledFor);
	const now = new Date().toISOString();
	const post = {
		id: newId('post'),
		projectId: body.projectId,
		status: scheduledAt === null ? 'draft' : 'scheduled',
		platform: 'LINKEDIN',
		contentType: body.contentType ?? 'UNKNOWN',
		title: body.title ?? null,
		content: body.content ?? ' ',
		createdAt: now,
		updatedAt: now,
		scheduledAt,
	};
	workspace.posts.push(post);
	return post;
}

function scheduleOf(scheduledFor: string | undefined): string | null {
	if (scheduledFor === undefined) return null;
	const time = Date.parse(scheduledFor);
	if (Number.isNaN(time)) throw new Refusal('invalid_request', 'scheduledFor is no date-time');
	if (time <= Date.now()) throw new Refusal('unprocessable', 'scheduledFor must be in the future');
	return new Date(time).toISOString();
}

function generate(workspace: Workspace, body: GenerationBody): Job {
	workspace.requireProject(body.projectId);
	scheduleOf(body.scheduledFor);
	workspace.spend(workspace.settings.prices.generationCents);
	const { text } = body.source;
	return workspace.jobs.start({
		type: 'POST_GENERATION',
		projectId: body.projectId,
		name: text.slice(0, 200),
		make: () => {
			const content = `What I learned: ${text.slice(0, 500)}`;
			const { projectId, scheduledFor } = body;
			return { postId: keep(workspace, { projectId, scheduledFor, content }).id };
		},
	});
}

async function settle(job: Job, milliseconds: number): Promise<void> {
	const deadline = Date.now() + Math.min(milliseconds, LONGEST_WAIT_MILLISECONDS);
	while (['QUEUED', 'RUNNING'].includes(job.status) && Date.now() < deadline) {
		await sleep(LOOK_AGAIN_MILLISECONDS);
	}
}
