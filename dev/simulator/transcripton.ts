import type { FastifyPluginAsync } from 'fastify';
import { AccountSimulator } from './shared/accountSimulator';
import type { PartialSettings } from './shared/settings';
import type { DeliveryOutcome } from './shared/webhookSender';
import { Account } from './transcripton/account';
import { useImproving } from './transcripton/improving';
import { useReading } from './transcripton/reading';
import { useRequestRules } from './transcripton/requests';
import type { TranscriptonSettings } from './transcripton/settings';
import { useStarting } from './transcripton/starting';
import type { AskedEvent, LoggedDelivery } from './transcripton/webhooks';

/** Transcripton on loopback: the API and its webhooks. */
export class TranscriptonSimulator extends AccountSimulator<Account> {
	readonly name = 'transcripton';

	readonly prefix = '/transcripton/api/v1';

	readonly routes: FastifyPluginAsync;

	readonly controlRoutes: FastifyPluginAsync;

	/** @param settings what differs from the defaults */
	constructor(settings: PartialSettings<TranscriptonSettings> = {}) {
		super(new Account(settings));
		this.routes = async (app) => {
			useRequestRules(app, this.account);
			useStarting(app, this.account);
			useReading(app, this.account);
			useImproving(app, this.account);
		};
		this.controlRoutes = async (app) => {
			app.get('/jobs', async () => this.jobs());
			app.get('/deliveries', async () => this.deliveries());
			app.post<{ Body: AskedEvent }>('/event', async ({ body }) => await this.sendEvent(body));
		};
	}

	/** The first of the keys that work. */
	get apiKey(): string {
		return this.settings.apiKeys[0] ?? '';
	}

	/** What the dashboard shows as the webhooks' secret. */
	get webhookSecret(): string {
		return this.settings.webhooks.secret;
	}

	/** Every job so far, oldest first, with its file's name and hash. */
	jobs() {
		return this.account.jobs.list();
	}

	/** The last thousand tries to deliver a webhook, newest first. */
	deliveries(): LoggedDelivery[] {
		return this.account.webhooks.deliveries();
	}

	/**
	 * Sends an event for a job, right or wrong as asked.
	 *
	 * @returns what the receiver made of it
	 * @throws Refusal (not_found), Error when there is nowhere to send it
	 */
	async sendEvent(asked: AskedEvent): Promise<DeliveryOutcome> {
		return await this.account.webhooks.send(this.account.jobs.find(asked.job_id), asked);
	}

	stop(): void {
		this.account.stop();
	}
}
