import type { FastifyPluginAsync } from 'fastify';
import { AccountSimulator } from './shared/accountSimulator';
import type { PartialSettings } from './shared/settings';
import { Account } from './whipscribe/account';
import type { Job } from './whipscribe/jobs';
import { useReading } from './whipscribe/reading';
import { useRequestRules } from './whipscribe/requests';
import type { WhipscribeSettings } from './whipscribe/settings';
import { useSubmits } from './whipscribe/submits';

/** Whipscribe on loopback. */
export class WhipscribeSimulator extends AccountSimulator<Account> {
	readonly name = 'whipscribe';

	readonly prefix = '/whipscribe/api/v1';

	readonly routes: FastifyPluginAsync;

	readonly controlRoutes: FastifyPluginAsync;

	/** @param settings what differs from the defaults */
	constructor(settings: PartialSettings<WhipscribeSettings> = {}) {
		super(new Account(settings));
		this.routes = async (app) => {
			useRequestRules(app, this.account);
			useSubmits(app, this.account);
			useReading(app, this.account);
		};
		this.controlRoutes = async (app) => {
			app.get('/jobs', async () => this.jobs());
			app.post<{ Body: Partial<Job> }>('/add', async ({ body }) => this.addJob(body));
			app.post<{ Body: { id: string; error?: string } }>('/end', async ({ body }) => {
				this.endJob(body.id, body.error);
				return {};
			});
		};
	}

	/** The first of the keys that work. */
	get apiKey(): string {
		return this.settings.apiKeys[0] ?? '';
	}

	/** Every job so far, oldest first, with its file's name and hash; without keys and tokens. */
	jobs() {
		const hidden = { apiKey: undefined, claimToken: undefined };
		return this.account.jobs.list().map((job) => ({ ...job, ...hidden }));
	}

	/** Puts a job into the list that nobody sent; done, unless something else is wanted. */
	addJob(wanted: Partial<Job> = {}): { id: string } {
		return { id: this.account.jobs.add(wanted).id };
	}

	/** Ends a job at once: well, or with an error. Throws an Error where there is no such job. */
	endJob(id: string, error: string | null = null): void {
		const job = this.account.jobs.find(id);
		if (!job) throw new Error(`There is no job ${id}`);
		this.account.jobs.end(job, error);
	}

	stop(): void {
		this.account.jobs.reset();
	}
}
