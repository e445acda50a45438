import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ENDPOINTS, type Account } from './account';
import { anyCaller, callerOf, checkOwner, notFound } from './callers';
import { Refusal } from './errors';
import { isEnded, isSpeechless, type Job } from './jobs';
import { resultAs } from './results';

type Query = Record<string, string | undefined>;
interface JobRoute {
	Params: { id: string };
	Querystring: Query;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The reads of jobs, their deletion, claiming, and GET /me. */
export function useReading(app: FastifyInstance, account: Account): void {
	app.get<{ Querystring: Query }>('/jobs', {
		config: { endpoint: ENDPOINTS.list },
		handler: async (request) => {
			account.counts.fields(ENDPOINTS.list, request.query, ['limit']);
			const rows = ownJobs(account, request).slice(0, limitOf(request.query)).map(row);
			return account.settings.listEnvelope === 'array' ? rows : { jobs: rows };
		},
	});

	app.get<JobRoute>('/jobs/:id', {
		config: { endpoint: ENDPOINTS.get },
		handler: async (request) => details(account, jobOf(account, request)),
	});

	app.get<JobRoute>('/jobs/:id/result', {
		config: { endpoint: ENDPOINTS.result },
		handler: async (request, reply) => {
			account.counts.fields(ENDPOINTS.result, request.query, ['format']);
			const job = jobOf(account, request);
			if (job.status !== 'done') {
				throw new Refusal('FEATURES_NOT_READY', 'The job has no transcript yet');
			}
			if (job.fileName?.includes('locked')) {
				throw new Refusal('transcript_locked', 'This transcript is locked', {
					upgrade_url: 'https://whipscribe.com/pricing',
				});
			}
			const { mediaType, body } = resultAs(request.query.format ?? 'json', job);
			return await reply.type(mediaType).send(body);
		},
	});

	app.get<JobRoute>('/jobs/:id/audio/url', {
		config: { endpoint: ENDPOINTS.audio },
		handler: async (request) => audioUrl(account, jobOf(account, request)),
	});

	app.delete<JobRoute>('/jobs/:id', {
		config: { endpoint: ENDPOINTS.delete },
		handler: async (request, reply) => {
			account.jobs.delete(jobOf(account, request));
			return await reply.code(204).send();
		},
	});

	app.post<{ Body: { claim_tokens?: unknown } | undefined }>('/jobs/claim', {
		config: { endpoint: ENDPOINTS.claim },
		handler: async (request) => {
			const { user, isSignedIn } = callerOf(account.settings, request);
			if (!isSignedIn || user === null) {
				throw new Refusal('AUTHENTICATION_REQUIRED', 'Sign in to claim jobs');
			}
			account.counts.fields(ENDPOINTS.claim, request.body, ['claim_tokens']);
			return { claimed: account.jobs.claim(tokensOf(request.body?.claim_tokens), user) };
		},
	});

	// answered to anybody: who names no user is a guest, whatever the key
	app.get('/me', {
		config: { endpoint: ENDPOINTS.me },
		handler: async (request) => {
			const { apiKey, user, isSignedIn } = anyCaller(account.settings, request);
			if (!apiKey || user === null)
				return { email: null, tier: 'guest', retention_days: 3, signed_in: false };
			const { retentionDays } = account.settings.audio;
			return { email: user, tier: 'paid', retention_days: retentionDays, signed_in: isSignedIn };
		},
	});
}

function jobOf(account: Account, request: FastifyRequest<JobRoute>): Job {
	const { id } = request.params;
	if (!UUID.test(id)) throw new Refusal('BAD_ID', 'The job id is not valid');
	const job = account.jobs.find(id);
	if (!job) throw notFound();
	checkOwner(account.settings, job, callerOf(account.settings, request));
	return job;
}

/** A user's jobs, or a key's without a user; the newest first. */
function ownJobs(account: Account, request: FastifyRequest): Job[] {
	const { apiKey, user } = callerOf(account.settings, request);
	return account.jobs
		.list()
		.filter((job) => !job.deleted && job.apiKey === apiKey && (!user || job.user === user))
		.reverse()
		.sort((a, b) => b.createdAt - a.createdAt);
}

function limitOf({ limit = '100' }: Query): number {
	const count = /^\d+$/.test(limit) ? Number(limit) : 0;
	if (count < 1 || count > 100) throw new Refusal(null, 'limit must be 1 to 100');
	return count;
}

function row(job: Job) {
	return {
		job_id: job.id,
		status: job.status,
		filename: job.fileName,
		audio_duration_seconds: isEnded(job) ? job.durationSeconds : null,
		language: job.language ?? (isEnded(job) ? 'en' : null),
		source: job.source,
		created_at: job.createdAt / 1000,
	};
}

function details(account: Account, job: Job) {
	const { status, error, source } = job;
	const { fullProgress } = account.settings;
	const { audio_duration_seconds, language } = row(job);
	const isDone = status === 'done';
	const progress = { queued: 0, processing: 0.4, done: 1, failed: 1 }[status];
	return {
		job_id: job.id,
		status,
		progress: progress * fullProgress,
		audio_duration_seconds,
		language: isDone && isSpeechless(job) ? null : language,
		source,
		speech_detected: isDone ? !isSpeechless(job) : null,
		speech_ratio: isDone ? (isSpeechless(job) ? 0 : 0.9) : null,
		error,
	};
}

function audioUrl(account: Account, { id, fileName, endedAt }: Job) {
	const { storage, expiresInSeconds, retentionDays, keptSeconds } = account.settings.audio;
	if (fileName?.includes('audio-missing')) {
		throw new Refusal('AUDIO_MISSING', 'The audio of this job is missing');
	}
	if (endedAt !== null && Date.now() > endedAt + keptSeconds * 1000) {
		throw new Refusal('AUDIO_EXPIRED', 'The audio of this job has expired', {
			retention_days: retentionDays,
		});
	}
	const path = `/v1/audio/${id}?expires=${expiresInSeconds}`;
	const url = storage === 'disk' ? path : `https://storage.whipscribe.example/${id}?signature=abc`;
	return { url, storage, expires_in: expiresInSeconds };
}

function tokensOf(tokens: unknown): string[] {
	const isList = Array.isArray(tokens) && tokens.every((token) => typeof token === 'string');
	if (!isList) throw new Refusal(null, 'claim_tokens must be a list of strings');
	return tokens as string[];
}
