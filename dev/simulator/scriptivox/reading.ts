import type { FastifyInstance } from 'fastify';
import type { Account } from './account';
import { EXPORT_KNOBS, exportAs } from './captions';
import { ENDPOINTS } from './endpoints';
import { Refusal } from './errors';
import { isTerminal, STATUSES, transcriptRequestOf, type Job, type Status } from './jobs';
import { sentencesOf, transcriptOf } from './transcript';

type Query = Record<string, string | undefined>;

const LIST_QUERY = ['status', 'from', 'to', 'limit', 'cursor', 'order'];

/** GET /transcribe/{id}, its cancel and DELETE, GET /transcriptions and GET /balance. */
export function useReading(app: FastifyInstance, account: Account): void {
	app.get<{ Params: { id: string }; Querystring: Query }>('/transcribe/:id', {
		config: { endpoint: ENDPOINTS.get },
		handler: async (request, reply) => {
			account.counts.fields(ENDPOINTS.get, request.query, ['format', ...EXPORT_KNOBS]);
			const job = account.jobs.find(request.params.id);
			if (await account.meetNamedFault(job.fileName, 'get', request, reply)) return reply;
			const { format } = request.query;
			if (format === undefined) return withResult(job);
			if (job.status !== 'completed') {
				throw new Refusal('CONFLICT', 'Only a completed transcription can be exported');
			}
			const file = exportAs(format, spokenIn(job), job.diarize, request.query);
			return await reply.type(file.mediaType).send(file.body);
		},
	});

	app.post<{ Params: { id: string } }>('/transcribe/:id/cancel', {
		config: { endpoint: ENDPOINTS.cancel },
		handler: async (request) => {
			account.counts.fields(ENDPOINTS.cancel, request.body, []);
			const job = account.jobs.find(request.params.id);
			const released = account.jobs.cancel(job);
			return { id: job.id, status: job.status, error: job.error, released_cents: released };
		},
	});

	app.delete<{ Params: { id: string } }>('/transcribe/:id', {
		config: { endpoint: ENDPOINTS.delete },
		handler: async (request, reply) => {
			account.counts.fields(ENDPOINTS.delete, request.body, []);
			account.jobs.delete(request.params.id);
			return await reply.code(204).send();
		},
	});

	app.get<{ Querystring: Query }>('/transcriptions', {
		config: { endpoint: ENDPOINTS.list },
		handler: async (request) => {
			account.counts.fields(ENDPOINTS.list, request.query, LIST_QUERY);
			return page(account.jobs.list(), request.query);
		},
	});

	app.get<{ Querystring: Query }>('/balance', {
		config: { endpoint: ENDPOINTS.balance },
		handler: async (request) => {
			account.counts.fields(ENDPOINTS.balance, request.query, []);
			const { balanceCents, reservedCents, availableCents } = account.jobs.balance();
			const price = account.settings.priceCentsPerHour;
			return {
				balance_cents: balanceCents,
				reserved_cents: reservedCents,
				available_cents: availableCents,
				price_per_hour_cents: price,
				estimated_hours_available: Math.round((availableCents / price) * 100) / 100,
				deposit_url: 'https://platform.scriptivox.com/billing',
				updated_at: new Date().toISOString(),
			};
		},
	});
}

/** One page of the list; throws INVALID_REQUEST on a bad query. */
function page(jobs: Job[], query: Query) {
	const { status, order = 'desc' } = query;
	if (status !== undefined && !STATUSES.includes(status as Status)) {
		throw new Refusal('INVALID_REQUEST', `status must be one of ${STATUSES.join(', ')}`);
	}
	if (order !== 'asc' && order !== 'desc') {
		throw new Refusal('INVALID_REQUEST', 'order must be asc or desc');
	}
	const limit = /^\d+$/.test(query.limit ?? '50') ? Number(query.limit ?? 50) : 0;
	if (limit < 1 || limit > 200) throw new Refusal('INVALID_REQUEST', 'limit must be 1 to 200');
	const from = timeOf(query, 'from') ?? -Infinity;
	const to = timeOf(query, 'to') ?? Infinity;
	const last = sequenceOf(query.cursor, order);
	const found = jobs
		.filter((job) => !job.deleted && (status === undefined || job.status === status))
		.filter((job) => job.createdAt.getTime() >= from && job.createdAt.getTime() < to)
		.sort((a, b) => (order === 'asc' ? a.sequence - b.sequence : b.sequence - a.sequence))
		.filter(
			(job) => last === null || (order === 'asc' ? job.sequence > last : job.sequence < last),
		);
	const items = found.slice(0, limit);
	const lastItem = items.at(-1);
	const hasMore = found.length > limit;
	return {
		items: items.map(withoutResult),
		has_more: hasMore,
		next_cursor: hasMore && lastItem ? cursorOf(lastItem, order) : null,
	};
}

function timeOf(query: Query, name: 'from' | 'to'): number | null {
	const text = query[name];
	if (text === undefined) return null;
	const time = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : NaN;
	if (Number.isNaN(time)) throw new Refusal('INVALID_REQUEST', `${name} must be an ISO 8601 time`);
	return time;
}

function cursorOf(job: Job, order: string): string {
	return Buffer.from(`${order}:${job.sequence}`).toString('base64url');
}

function sequenceOf(cursor: string | undefined, order: string): number | null {
	if (cursor === undefined) return null;
	const [cursorOrder, sequence] = Buffer.from(cursor, 'base64url').toString().split(':');
	if (cursorOrder !== order || !/^\d+$/.test(sequence ?? '')) {
		throw new Refusal('INVALID_REQUEST', 'cursor is not valid');
	}
	return Number(sequence);
}

const PROGRESS: Record<Status, string> = {
	created: 'Waiting to start',
	downloading: 'Downloading the media',
	pending: 'Checking the media',
	processing: 'Transcribing',
	completed: 'Completed',
	failed: 'Failed',
};

function withoutResult(job: Job) {
	const { id, status, error } = job;
	const completedAt = job.completedAt?.toISOString() ?? null;
	if (status === 'failed') return { id, status, completed_at: completedAt, error };
	const isProbed = status === 'processing' || status === 'completed';
	return {
		id,
		status,
		audio_duration_seconds: isProbed ? job.durationSeconds : null,
		file_size_bytes: job.source === 'upload' || isProbed ? job.sizeBytes : null,
		language: job.language ?? (isTerminal(job) ? 'en' : null),
		diarize: job.diarize,
		speaker_count: job.speakerCount,
		align: job.align,
		cost_cents: status === 'completed' ? job.costCents : null,
		created_at: job.createdAt.toISOString(),
		started_at: job.startedAt?.toISOString() ?? null,
		completed_at: completedAt,
		progress: PROGRESS[status],
	};
}

function withResult(job: Job) {
	if (job.status !== 'completed') return withoutResult(job);
	return { ...withoutResult(job), result: transcriptOf(transcriptRequestOf(job)) };
}

function spokenIn(job: Job) {
	const request = transcriptRequestOf(job);
	return request.silent ? [] : sentencesOf(request);
}
