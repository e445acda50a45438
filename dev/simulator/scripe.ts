import type { FastifyPluginAsync } from 'fastify';
import type { Job } from './scripe/jobs';
import { usePosts } from './scripe/posts';
import { useReading } from './scripe/reading';
import { useRequestRules } from './scripe/requests';
import type { ScripeSettings } from './scripe/settings';
import { useSources, type Source } from './scripe/sources';
import { storageRoutes } from './scripe/storage';
import { Workspace, type Row } from './scripe/workspace';
import type { Fault } from './shared/faults';
import type { SimulatedProvider } from './shared/provider';
import type { PartialSettings } from './shared/settings';

/** Scripe on loopback: the API, and the storage behind its presigned URLs. */
export class ScripeSimulator implements SimulatedProvider {
	readonly name = 'scripe';

	readonly prefix = '/scripe/v1';

	/** What a credential's base URL is set to. Known once the simulator listens. */
	baseUrl = '';

	readonly routes: FastifyPluginAsync;

	readonly storageRoutes: FastifyPluginAsync;

	readonly controlRoutes: FastifyPluginAsync;

	private readonly workspace: Workspace;

	private storageOrigin = '';

	/** @param settings what differs from the defaults */
	constructor(settings: PartialSettings<ScripeSettings> = {}) {
		this.workspace = new Workspace(settings);
		this.routes = async (app) => {
			useRequestRules(app, this.workspace);
			useSources(app, this.workspace, () => this.storageOrigin);
			usePosts(app, this.workspace);
			useReading(app, this.workspace);
		};
		this.storageRoutes = storageRoutes(this.workspace);
		this.controlRoutes = async (app) => {
			app.get('/jobs', async () => this.jobs());
			app.get('/sources', async () => this.sources());
			app.get('/posts', async () => this.posts());
			app.get('/settings', async () => this.workspace.settings);
		};
	}

	/** The first of the keys that work. */
	get apiKey(): string {
		return this.workspace.settings.apiKeys[0] ?? '';
	}

	/** Every job so far, oldest first. */
	jobs(): Job[] {
		return this.workspace.jobs.list();
	}

	/** Every source so far, oldest first, with its whole text. */
	sources(): Source[] {
		return [...this.workspace.sources.values()];
	}

	/** Every post so far, oldest first. */
	posts(): Row[] {
		return this.workspace.posts;
	}

	listening(origin: string, storageOrigin: string): void {
		this.baseUrl = origin + this.prefix;
		this.storageOrigin = storageOrigin;
	}

	statistics() {
		return this.workspace.statistics();
	}

	configure(changes: PartialSettings<ScripeSettings>): void {
		this.workspace.configure(changes);
	}

	fail(fault: Fault): void {
		this.workspace.faults.add(fault);
	}

	reset(): void {
		this.workspace.reset();
	}

	stop(): void {
		this.workspace.stop();
	}
}
