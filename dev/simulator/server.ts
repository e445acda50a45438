import { fastify, type FastifyInstance } from 'fastify';
import type { AddressInfo } from 'node:net';
import { DropboxSimulator } from './dropbox';
import type { DropboxSettings } from './dropbox/settings';
import { GoogleDriveSimulator } from './googleDrive';
import type { GoogleDriveSettings } from './googleDrive/settings';
import { MediaScribeSimulator } from './mediascribe';
import type { MediaScribeSettings } from './mediascribe/settings';
import { ScripeSimulator } from './scripe';
import type { ScripeSettings } from './scripe/settings';
import { ScriptivoxSimulator } from './scriptivox';
import type { ScriptivoxSettings } from './scriptivox/settings';
import { controlRoutes } from './shared/control';
import { lingerOverBodies } from './shared/lingering';
import type { SimulatedProvider } from './shared/provider';
import type { PartialSettings } from './shared/settings';
import { TranscriptonSimulator } from './transcripton';
import type { TranscriptonSettings } from './transcripton/settings';
import { WhipscribeSimulator } from './whipscribe';
import type { WhipscribeSettings } from './whipscribe/settings';

const HOST = '127.0.0.1';

/** How a simulator is started. */
export interface SimulatorOptions {
	/** Port of the APIs and the control endpoints; 0 (default) takes a free one. */
	port?: number;
	/** Port of the object storage, another origin; 0 (default) takes a free one. */
	storagePort?: number;
	/** What differs from Dropbox's default settings. */
	dropbox?: PartialSettings<DropboxSettings>;
	/** What differs from the default settings of a Google account. */
	googleDrive?: PartialSettings<GoogleDriveSettings>;
	/** What differs from the default settings of a MediaScribe appliance. */
	mediascribe?: PartialSettings<MediaScribeSettings>;
	/** What differs from Scripe's default settings. */
	scripe?: PartialSettings<ScripeSettings>;
	/** What differs from Scriptivox's default settings. */
	scriptivox?: PartialSettings<ScriptivoxSettings>;
	/** What differs from Transcripton's default settings. */
	transcripton?: PartialSettings<TranscriptonSettings>;
	/** What differs from Whipscribe's default settings. */
	whipscribe?: PartialSettings<WhipscribeSettings>;
}

/** A simulator that runs. */
export interface Simulator {
	/** Origin of the APIs and the control endpoints, e.g. `http://127.0.0.1:40000`. */
	url: string;
	port: number;
	/** Origin of the presigned URLs. */
	storageUrl: string;
	dropbox: DropboxSimulator;
	googleDrive: GoogleDriveSimulator;
	mediascribe: MediaScribeSimulator;
	scripe: ScripeSimulator;
	scriptivox: ScriptivoxSimulator;
	transcripton: TranscriptonSimulator;
	whipscribe: WhipscribeSimulator;
	/** Counts of every provider, by its name. */
	statistics(): Record<string, object>;
	/** Every provider back to how it started. */
	reset(): void;
	/** Closes both listeners and all connections, ends timers. */
	stop(): Promise<void>;
}

/**
 * Starts the providers' APIs on loopback.
 *
 * @throws Error with `code` EADDRINUSE when a port that was asked for is busy; on unknown settings
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
	const simulators = {
		dropbox: new DropboxSimulator(options.dropbox),
		googleDrive: new GoogleDriveSimulator(options.googleDrive),
		mediascribe: new MediaScribeSimulator(options.mediascribe),
		scripe: new ScripeSimulator(options.scripe),
		scriptivox: new ScriptivoxSimulator(options.scriptivox),
		transcripton: new TranscriptonSimulator(options.transcripton),
		whipscribe: new WhipscribeSimulator(options.whipscribe),
	};
	const providers: SimulatedProvider[] = Object.values(simulators);
	const api = application();
	const storage = application();
	for (const provider of providers) {
		await api.register(provider.routes, { prefix: provider.prefix });
		if (provider.storageRoutes) await storage.register(provider.storageRoutes);
	}
	await api.register(controlRoutes(providers), { prefix: '/control' });
	const stop = async () => {
		for (const provider of providers) provider.stop();
		await Promise.all([api.close(), storage.close()]);
	};
	try {
		await api.listen({ host: HOST, port: options.port ?? 0 });
		await storage.listen({ host: HOST, port: options.storagePort ?? 0 });
	} catch (error) {
		await stop();
		throw error;
	}
	const url = originOf(api);
	const storageUrl = originOf(storage);
	for (const provider of providers) provider.listening(url, storageUrl);
	return {
		url,
		port: portOf(api),
		storageUrl,
		...simulators,
		statistics: () => Object.fromEntries(providers.map((each) => [each.name, each.statistics()])),
		reset: () => providers.forEach((each) => each.reset()),
		stop,
	};
}

function application(): FastifyInstance {
	const app = fastify({
		exposeHeadRoutes: false,
		forceCloseConnections: true,
		routerOptions: { maxParamLength: 1000 },
		ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
	});
	app.decorateRequest('apiKey', '');
	app.decorateRequest('replyFault', null);
	lingerOverBodies(app);
	return app;
}

function portOf(app: FastifyInstance): number {
	return (app.server.address() as AddressInfo).port;
}

function originOf(app: FastifyInstance): string {
	return `http://${HOST}:${portOf(app)}`;
}
