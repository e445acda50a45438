import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Account } from './account';
import { ENDPOINTS } from './endpoints';
import { InvalidFields, Refusal, type Code } from './errors';
import type { Job } from './jobs';
import { PLANS } from './settings';
import { fullTextOf, sentencesOf, summaryOf, translated } from './transcript';

interface ById {
	Params: { id: string };
}

/** What is made from a transcript: polish, summarize, translate; each is made once. */
export function useImproving(app: FastifyInstance, account: Account): void {
	app.post<ById>('/jobs/:id/polish', {
		config: { endpoint: ENDPOINTS.polish },
		handler: async ({ params, body }) => {
			account.counts.fields(ENDPOINTS.polish, body, []);
			const job = readyJob(account, params.id, 'polish_requires_paid_plan');
			const cached = job.polished;
			job.polished = true;
			const paragraphs = Math.ceil(sentencesOf(job).length / 3);
			return { polished: true, cached, paragraphs, chars: fullTextOf(job).length };
		},
	});

	app.post<ById>('/jobs/:id/summarize', {
		config: { endpoint: ENDPOINTS.summarize },
		handler: async ({ params, body }) => {
			account.counts.fields(ENDPOINTS.summarize, body, []);
			const job = readyJob(account, params.id, 'summarize_requires_paid_plan');
			const cached = job.summarized;
			job.summarized = true;
			return { summarized: true, cached, ...summaryOf(job) };
		},
	});

	app.post<ById & { Body: { target_lang?: unknown } | undefined }>(
		'/transcriptions/:id/translate',
		{
			config: { endpoint: ENDPOINTS.translate },
			handler: async ({ params, body }) => {
				account.counts.fields(ENDPOINTS.translate, body, ['target_lang']);
				const job = account.jobs.findTranscription(params.id);
				return translate(account, job, targetOf(body?.target_lang));
			},
		},
	);

	app.get<ById>('/transcriptions/:id/translations', {
		config: { endpoint: ENDPOINTS.translations },
		handler: async ({ params, query }) => {
			account.counts.fields(ENDPOINTS.translations, query, []);
			const { translations } = account.jobs.findTranscription(params.id);
			return account.settings.listEnvelope === 'array' ? translations : { translations };
		},
	});
}

/** The job, if the plan allows the work and the job is done. */
function readyJob({ jobs, settings }: Account, id: string, planCode: Code): Job {
	const job = jobs.find(id);
	if (!PLANS[settings.plan].isPaid) throw new Refusal(planCode, 'This needs a paid plan');
	if (job.status !== 'done') throw new Refusal('job_not_ready', 'The job is not done yet');
	return job;
}

function targetOf(value: unknown): string {
	if (typeof value === 'string') return value;
	throw new InvalidFields([
		{ loc: ['body', 'target_lang'], msg: 'Field required', type: 'missing' },
	]);
}

function translate(account: Account, job: Job, targetLanguage: string) {
	const { settings } = account;
	const made = job.translations.find(({ target_lang }) => target_lang === targetLanguage);
	if (made) return made;
	const { translations: most } = PLANS[settings.plan];
	if (most === 0) throw new Refusal('translation_not_in_plan', 'The plan has no translations');
	if (!settings.targetLanguages.includes(targetLanguage)) {
		throw new Refusal('unsupported_language', `There is no translation into ${targetLanguage}`);
	}
	if (settings.translationsUsed + account.translationsMade >= most) {
		throw new Refusal('translation_quota_exceeded', 'Monthly translations are used up', {
			plan: settings.plan,
			reset_at: '2026-12-01T00:00:00Z',
		});
	}
	if (!settings.translationAvailable) {
		throw new Refusal('translation_unavailable', 'Translation is down');
	}
	account.translationsMade += 1;
	const translation = {
		id: randomUUID(),
		transcription_id: job.transcriptionId,
		target_lang: targetLanguage,
		text: translated(job, targetLanguage),
		llm_model: 'simulator',
		created_at: new Date().toISOString(),
	};
	job.translations.push(translation);
	return translation;
}
