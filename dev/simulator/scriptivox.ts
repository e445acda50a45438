import type { FastifyPluginAsync, HTTPMethods } from 'fastify';
import { AccountSimulator } from './shared/accountSimulator';
import type { PartialSettings } from './shared/settings';
import type { DeliveryOutcome } from './shared/webhookSender';
import { Account } from './scriptivox/account';
import { Refusal } from './scriptivox/errors';
import { useReading } from './scriptivox/reading';
import { useRequestRules } from './scriptivox/requests';
import type { ScriptivoxSettings } from './scriptivox/settings';
import { useStarting } from './scriptivox/starting';
import { storageRoutes } from './scriptivox/storage';
import type { AskedEvent, LoggedDelivery } from './scriptivox/webhooks';

/** Paths and the methods that they take: any other method is answered with 405. */
const METHODS: Record<string, HTTPMethods[]> = {
	'/upload': ['POST'],
	'/transcribe': ['POST'],
	'/transcribe/:id': ['GET', 'DELETE'],
	'/transcribe/:id/cancel': ['POST'],
	'/transcriptions': ['GET'],
	'/balance': ['GET'],
};
const ALL_METHODS: HTTPMethods[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** Scriptivox on loopback: the API, the storage behind its presigned URLs, and its webhooks. */
export class ScriptivoxSimulator extends AccountSimulator<Account> {
	readonly name = 'scriptivox';

	readonly prefix = '/scriptivox/v1';

	readonly routes: FastifyPluginAsync;

	readonly storageRoutes: FastifyPluginAsync;

	readonly controlRoutes: FastifyPluginAsync;

	/** @param settings what differs from the defaults */
	constructor(settings: PartialSettings<ScriptivoxSettings> = {}) {
		super(new Account(settings));
		this.routes = async (app) => {
			useRequestRules(app, this.account);
			useStarting(app, this.account, () => this.storageOrigin);
			useReading(app, this.account);
			for (const [url, allowed] of Object.entries(METHODS)) {
				const refused = ALL_METHODS.filter((method) => !allowed.includes(method));
				app.route({ method: refused, url, onRequest: refuseMethod(allowed), handler: () => null });
			}
		};
		this.storageRoutes = storageRoutes(this.account);
		this.controlRoutes = async (app) => {
			app.get('/jobs', async () => this.jobs());
			app.get('/deliveries', async () => this.deliveries());
			app.post<{ Body: AskedEvent }>('/event', async ({ body }) => await this.sendEvent(body));
			app.post('/finish', async () => this.finishJobs());
		};
	}

	/** The first of the keys that work. */
	get apiKey(): string {
		return this.settings.apiKeys[0] ?? '';
	}

	/** Every job so far, oldest first, with its file's name and hash; without keys. */
	jobs() {
		return this.account.jobs.list().map((job) => ({ ...job, apiKey: undefined }));
	}

	/** The last thousand webhook deliveries, oldest first, with what became of them. */
	deliveries(): LoggedDelivery[] {
		return this.account.webhooks.deliveries();
	}

	/**
	 * Sends an event for a job, right or wrong as asked.
	 *
	 * @returns what the receiver made of it
	 * @throws Refusal (TRANSCRIPTION_NOT_FOUND), Error when there is nowhere to send it
	 */
	async sendEvent(asked: AskedEvent): Promise<DeliveryOutcome> {
		return await this.account.webhooks.send(this.account.jobs.find(asked.transcription_id), asked);
	}

	/** Ends every job in flight at once, as each would have ended by itself. */
	finishJobs(): void {
		for (const job of this.account.jobs.list()) this.account.jobs.finish(job);
	}

	stop(): void {
		this.account.stop();
	}
}

function refuseMethod(allowed: string[]) {
	return async () => {
		throw new Refusal('METHOD_NOT_ALLOWED', `Allowed: ${allowed.join(', ')}`, {
			allow: allowed.join(', '),
		});
	};
}
