import type { FastifyPluginAsync } from 'fastify';
import { Appliance } from './mediascribe/appliance';
import { useControl, useRequestRules } from './mediascribe/routes';
import type { MediaScribeSettings } from './mediascribe/settings';
import { AccountSimulator } from './shared/accountSimulator';
import type { PartialSettings } from './shared/settings';

/** A MediaScribe appliance on loopback. */
export class MediaScribeSimulator extends AccountSimulator<Appliance> {
	readonly name = 'mediascribe';

	readonly prefix = '/mediascribe';

	readonly routes: FastifyPluginAsync;

	readonly controlRoutes: FastifyPluginAsync;

	/** @param settings what differs from the defaults */
	constructor(settings: PartialSettings<MediaScribeSettings> = {}) {
		super(new Appliance(settings));
		this.routes = async (app) => {
			useRequestRules(app, this.account);
			useControl(app, this.account);
		};
		this.controlRoutes = async (app) => {
			app.post('/start', async () => this.start());
			app.post('/stop', async () => this.stopRecording());
		};
	}

	/** The first of the tokens that work. */
	get apiToken(): string {
		return this.settings.apiTokens[0] ?? '';
	}

	/** What the status shows now. */
	status() {
		return this.account.status();
	}

	/** Somebody at the appliance starts a recording. Throws a Refusal while there is one. */
	start(): object {
		this.account.start();
		return this.status();
	}

	/** Somebody at the appliance stops the recording. Throws a Refusal where there is none. */
	stopRecording(): object {
		this.account.stop();
		return this.status();
	}

	/** It has no timers and calls nobody. */
	stop(): void {}
}
