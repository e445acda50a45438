import type { FastifyInstance } from 'fastify';
import type { Account } from './account';
import { ENDPOINTS } from './endpoints';
import { InvalidFields, Refusal } from './errors';
import { dispositionOf, EXPORTS } from './exports';
import { STATUSES, type Job, type Status } from './jobs';
import { diarizationOf, fullTextOf, languageOf, summaryOf } from './transcript';

type Query = Record<string, string | undefined>;

const USUAL_LIMIT = 20;
const HIGHEST_LIMIT = 100;

/** GET /jobs, GET and DELETE /jobs/{id}, GET /jobs/{id}/export and the list of deliveries. */
export function useReading(app: FastifyInstance, account: Account): void {
	app.get<{ Querystring: Query }>('/jobs', {
		config: { endpoint: ENDPOINTS.list },
		handler: async ({ query }) => {
			account.counts.fields(ENDPOINTS.list, query, ['page', 'limit', 'status']);
			return page(account.jobs.list(), query);
		},
	});

	app.get<{ Params: { id: string } }>('/jobs/:id', {
		config: { endpoint: ENDPOINTS.get },
		handler: async ({ params, query }) => {
			account.counts.fields(ENDPOINTS.get, query, []);
			return whole(account.jobs.find(params.id));
		},
	});

	app.get<{ Params: { id: string }; Querystring: Query }>('/jobs/:id/export', {
		config: { endpoint: ENDPOINTS.export },
		handler: async ({ params, query }, reply) => {
			account.counts.fields(ENDPOINTS.export, query, ['format']);
			const job = account.jobs.find(params.id);
			const format = query.format ?? '';
			const make = Object.hasOwn(EXPORTS, format) ? EXPORTS[format] : undefined;
			if (!make) throw wrongQuery('format', `Input should be ${Object.keys(EXPORTS).join(', ')}`);
			if (job.status !== 'done') throw new Refusal('job_not_ready', 'The job is not done yet');
			const { mediaType, body } = make(job);
			reply.header('content-disposition', dispositionOf(job, format));
			return await reply.type(mediaType).send(body);
		},
	});

	app.delete<{ Params: { id: string } }>('/jobs/:id', {
		config: { endpoint: ENDPOINTS.delete },
		handler: async ({ params }, reply) => {
			account.jobs.delete(params.id);
			return await reply.code(204).send();
		},
	});

	app.get('/integrations/webhooks/deliveries', {
		config: { endpoint: ENDPOINTS.deliveries },
		handler: async ({ query }) => {
			account.counts.fields(ENDPOINTS.deliveries, query, []);
			const deliveries = account.webhooks.deliveries();
			return account.settings.listEnvelope === 'array' ? deliveries : { deliveries };
		},
	});
}

/** One page of the list, the newest job first. */
function page(jobs: Job[], query: Query) {
	const { status } = query;
	if (status !== undefined && !STATUSES.includes(status as Status)) {
		throw wrongQuery('status', `Input should be ${STATUSES.join(', ')}`);
	}
	const number = wholeNumber(query, 'page', 1, Infinity);
	const limit = wholeNumber(query, 'limit', USUAL_LIMIT, HIGHEST_LIMIT);
	const found = jobs
		.filter((job) => !job.deleted && (status === undefined || job.status === status))
		.sort((a, b) => b.sequence - a.sequence);
	return {
		jobs: found.slice((number - 1) * limit, number * limit).map(line),
		total: found.length,
		page: number,
		limit,
	};
}

function wholeNumber(query: Query, name: string, usual: number, most: number): number {
	const text = query[name];
	if (text === undefined) return usual;
	const value = /^\d+$/.test(text) ? Number(text) : 0;
	if (value < 1 || value > most) throw wrongQuery(name, `Input should be from 1 to ${most}`);
	return value;
}

function wrongQuery(name: string, msg: string): InvalidFields {
	return new InvalidFields([{ loc: ['query', name], msg, type: 'value_error' }]);
}

function progressOf({ status, stage }: Job): number {
	return status === 'done' ? 100 : Math.round((stage / 6) * 100);
}

/** What a list and a job alone both tell. */
function stateOf(job: Job) {
	return {
		id: job.id,
		status: job.status,
		stage: job.stage,
		progress: progressOf(job),
		duration_sec: job.status === 'queued' ? null : job.durationSeconds,
	};
}

function line(job: Job) {
	return {
		...stateOf(job),
		language_detected: job.status === 'done' ? languageOf(job) : null,
		created_at: job.createdAt.toISOString(),
	};
}

function whole(job: Job) {
	const isDone = job.status === 'done';
	return {
		...stateOf(job),
		transcription: isDone
			? {
					id: job.transcriptionId,
					full_text: fullTextOf(job),
					language_detected: languageOf(job),
				}
			: null,
		diarization: isDone ? diarizationOf(job) : null,
		summary: job.summarized ? summaryOf(job) : null,
		translations: job.translations,
	};
}
