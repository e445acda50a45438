import type { FastifyPluginAsync } from 'fastify';
import type { Job } from './scripe/jobs';
import { usePosts } from './scripe/posts';
import { useReading } from './scripe/reading';
import { useRequestRules } from './scripe/requests';
import type { ScripeSettings } from './scripe/settings';
import { useSources } from './scripe/sources';
import { storageRoutes } from './scripe/storage';
import { Workspace, type Row, type Source } from './scripe/workspace';
import { AccountSimulator } from './shared/accountSimulator';
import type { PartialSettings } from './shared/settings';

/** Scripe on loopback: the API, and the storage behind its presigned URLs. */
export class ScripeSimulator extends AccountSimulator<Workspace> {
	readonly name = 'scripe';

	readonly prefix = '/scripe/v1';

	readonly routes: FastifyPluginAsync;

	readonly storageRoutes: FastifyPluginAsync;

	readonly controlRoutes: FastifyPluginAsync;

	/** @param settings what differs from the defaults */
	constructor(settings: PartialSettings<ScripeSettings> = {}) {
		super(new Workspace(settings));
		this.routes = async (app) => {
			useRequestRules(app, this.account);
			useSources(app, this.account, () => this.storageOrigin);
			usePosts(app, this.account);
			useReading(app, this.account);
		};
		this.storageRoutes = storageRoutes(this.account);
		this.controlRoutes = async (app) => {
			app.get('/jobs', async () => this.jobs());
			app.get('/sources', async () => this.sources());
			app.get('/posts', async () => this.posts());
		};
	}

	/** The first of the keys that work. */
	get apiKey(): string {
		return this.settings.apiKeys[0] ?? '';
	}

	/** Every job so far, oldest first. */
	jobs(): Job[] {
		return this.account.jobs.list();
	}

	/** Every source so far, oldest first, with its whole text. */
	sources(): Source[] {
		return [...this.account.sources.values()];
	}

	/** Every post so far, oldest first. */
	posts(): Row[] {
		return this.account.posts;
	}

	stop(): void {
		this.account.stop();
	}
}
