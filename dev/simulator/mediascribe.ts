import type { FastifyPluginAsync } from 'fastify';
import { Appliance } from './mediascribe/appliance';
import { useControl, useRequestRules } from './mediascribe/routes';
import type { MediaScribeSettings } from './mediascribe/settings';
import type { Fault } from './shared/faults';
import type { SimulatedProvider } from './shared/provider';
import type { PartialSettings } from './shared/settings';

/** A MediaScribe appliance on loopback. */
export class MediaScribeSimulator implements SimulatedProvider {
	readonly name = 'mediascribe';

	readonly prefix = '/mediascribe';

	/** What a credential's base URL is set to. Known once the simulator listens. */
	baseUrl = '';

	readonly routes: FastifyPluginAsync;

	readonly controlRoutes: FastifyPluginAsync;

	private readonly appliance: Appliance;

	/** @param settings what differs from the defaults */
	constructor(settings: PartialSettings<MediaScribeSettings> = {}) {
		this.appliance = new Appliance(settings);
		this.routes = async (app) => {
			useRequestRules(app, this.appliance);
			useControl(app, this.appliance);
		};
		this.controlRoutes = async (app) => {
			app.get('/settings', async () => this.settings);
			app.post('/start', async () => this.start());
			app.post('/stop', async () => this.stopRecording());
		};
	}

	/** The first of the tokens that work. */
	get apiToken(): string {
		return this.settings.apiTokens[0] ?? '';
	}

	/** The settings as they are now. */
	get settings(): MediaScribeSettings {
		return this.appliance.settings;
	}

	/** What the status shows now. */
	status() {
		return this.appliance.status();
	}

	/** Somebody at the appliance starts a recording. Throws a Refusal while there is one. */
	start(): object {
		this.appliance.start();
		return this.status();
	}

	/** Somebody at the appliance stops the recording. Throws a Refusal where there is none. */
	stopRecording(): object {
		this.appliance.stop();
		return this.status();
	}

	listening(origin: string): void {
		this.baseUrl = origin + this.prefix;
	}

	statistics() {
		return this.appliance.statistics();
	}

	configure(changes: PartialSettings<MediaScribeSettings>): void {
		this.appliance.configure(changes);
	}

	fail(fault: Fault): void {
		this.appliance.faults.add(fault);
	}

	reset(): void {
		this.appliance.reset();
	}

	/** It has no timers and calls nobody. */
	stop(): void {}
}
