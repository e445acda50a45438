import type { FastifyInstance } from 'fastify';
import { ENDPOINTS } from './endpoints';
import { Refusal } from './errors';
import { STATUSES, TYPES } from './jobs';
import { answerWrite } from './requests';
import type { Workspace } from './workspace';

type Query = Record<string, string | undefined>;

const MOST_IN_PAGE = 200;
const USUAL_IN_PAGE = 50;

const POST_STATUSES = [
	'waitingProcessing',
	'draft',
	'waitingApproval',
	'approved',
	'rejected',
	'scheduled',
	'published',
	'suggested',
];

/** The lists, jobs, projects and the workspace. */
export function useReading(app: FastifyInstance, workspace: Workspace): void {
	app.get<{ Querystring: Query }>('/jobs', {
		config: { endpoint: ENDPOINTS.listJobs },
		handler: async ({ query }) => {
			checkQuery(workspace, ENDPOINTS.listJobs, query, ['type', 'status', ...DATES, ...PAGES]);
			const statuses = listed(query.status, STATUSES);
			const types = listed(query.type, TYPES);
			const jobs = [...workspace.jobs.list()].reverse().filter(({ status, type, createdAt }) => {
				const day = createdAt.slice(0, 10);
				return statuses.includes(status) && types.includes(type) && isWithin(day, query);
			});
			return page(workspace, jobs, query);
		},
	});

	app.get<{ Params: { id: string } }>('/jobs/:id', {
		config: { endpoint: ENDPOINTS.getJob },
		handler: async ({ params }) => ({ data: workspace.jobs.find(params.id) }),
	});

	app.post<{ Params: { id: string } }>('/jobs/:id/cancel', {
		config: { endpoint: ENDPOINTS.cancelJob },
		handler: async (request, reply) =>
			await answerWrite(workspace, request, reply, async () =>
				workspace.jobs.cancel(request.params.id),
			),
	});

	app.get<{ Querystring: Query }>('/posts', {
		config: { endpoint: ENDPOINTS.listPosts },
		handler: async ({ query }) => {
			const known = ['projectId', 'status', ...DATES, ...PAGES];
			checkQuery(workspace, ENDPOINTS.listPosts, query, known);
			const projectId = projectOf(workspace, query);
			const statuses = listed(query.status, POST_STATUSES);
			const posts = [...workspace.posts].reverse().filter((post) => {
				const isMeant = statuses.includes(String(post.status));
				const day = post.createdAt.slice(0, 10);
				return post.projectId === projectId && isMeant && isWithin(day, query);
			});
			return page(workspace, posts, query);
		},
	});

	app.get<{ Querystring: Query }>('/notes', {
		config: { endpoint: ENDPOINTS.listNotes },
		handler: async ({ query }) => {
			const known = ['projectId', 'folderId', ...DATES, ...PAGES];
			checkQuery(workspace, ENDPOINTS.listNotes, query, known);
			const projectId = projectOf(workspace, query);
			const notes = workspace.notes.filter((note) => {
				const inFolder = query.folderId === undefined || note.folderId === query.folderId;
				const { date } = note.slot as { date: string };
				return note.projectId === projectId && inFolder && isWithin(date, query);
			});
			return page(workspace, notes, query);
		},
	});

	app.get<{ Querystring: Query }>('/projects', {
		config: { endpoint: ENDPOINTS.listProjects },
		handler: async ({ query }) => {
			checkQuery(workspace, ENDPOINTS.listProjects, query, PAGES);
			return page(workspace, workspace.projects, query);
		},
	});

	app.get<{ Params: { id: string } }>('/projects/:id', {
		config: { endpoint: ENDPOINTS.getProject },
		handler: async ({ params }) => {
			workspace.requireProject(params.id);
			return { data: workspace.projects.find(({ id }) => id === params.id) };
		},
	});

	// the one reply that is not wrapped in `data`
	app.get('/workspaces/me', {
		config: { endpoint: ENDPOINTS.workspace },
		handler: async () => ({
			workspace: {
				id: 'org_simulator',
				name: 'Simulated workspace',
				plan: workspace.settings.plan,
				features: { apiAccess: true },
			},
			principal: { type: 'api_key', id: 'key_simulator', scopes: ['sources:write', 'posts:write'] },
		}),
	});
}

const DATES = ['dateFrom', 'dateTo'];
const PAGES = ['limit', 'cursor'];

/** Counts fields that are not known. Throws invalid_request for a date that is none. */
function checkQuery(workspace: Workspace, endpoint: string, query: Query, known: string[]): void {
	workspace.counts.fields(endpoint, query, known);
	checkDates(query);
}

function projectOf(workspace: Workspace, { projectId }: Query): string {
	if (!projectId) throw new Refusal('invalid_request', 'projectId is required');
	workspace.requireProject(projectId);
	return projectId;
}

/** The values of a list with commas; all where there is none. Throws invalid_request. */
function listed(text: string | undefined, known: readonly string[]): readonly string[] {
	if (text === undefined) return known;
	const values = text.split(',');
	const unknown = values.find((value) => !known.includes(value));
	if (unknown === undefined) return values;
	throw new Refusal('invalid_request', `There is no "${unknown}"`);
}

/** Whether a day is within the query's. */
function isWithin(day: string, { dateFrom, dateTo }: Query): boolean {
	const from = dateFrom?.slice(0, 10) ?? day;
	const to = dateTo?.slice(0, 10) ?? day;
	return from <= day && day <= to;
}

function checkDates({ dateFrom, dateTo }: Query): void {
	for (const date of [dateFrom, dateTo]) {
		if (date !== undefined && Number.isNaN(Date.parse(date))) {
			throw new Refusal('invalid_request', `"${date}" is no date`);
		}
	}
}

/** A page that goes on behind the entry that its cursor names. */
function page<Entry extends { id: string }>(workspace: Workspace, all: Entry[], query: Query) {
	const limit = limitOf(workspace, query.limit);
	const start = startOf(all, query.cursor);
	const entries = all.slice(start, start + limit);
	const last = entries.at(-1);
	const has_more = start + limit < all.length;
	const next_cursor = has_more && last ? Buffer.from(last.id).toString('base64url') : null;
	return { data: entries, pagination: { next_cursor, has_more } };
}

function startOf(all: Array<{ id: string }>, cursor: string | undefined): number {
	if (cursor === undefined) return 0;
	const id = Buffer.from(cursor, 'base64url').toString();
	const index = all.findIndex((entry) => entry.id === id);
	if (index === -1) throw new Refusal('bad_cursor', 'This cursor leads nowhere');
	return index + 1;
}

function limitOf(workspace: Workspace, text: string | undefined): number {
	if (text === undefined) return USUAL_IN_PAGE;
	const limit = Number(text);
	if (Number.isInteger(limit) && limit >= 1 && limit <= MOST_IN_PAGE) return limit;
	if (workspace.settings.clampsLimit && Number.isInteger(limit)) {
		return Math.min(Math.max(limit, 1), MOST_IN_PAGE);
	}
	throw new Refusal('bad_pagination', `limit must be from 1 to ${MOST_IN_PAGE}`);
}
