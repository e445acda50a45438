import type { FastifyPluginAsync } from 'fastify';
import type { Fault } from './faults';

/** What the server needs of a provider to run it; its own handle may offer more. */
export interface SimulatedProvider {
	/** Its name in paths and in the control endpoints. */
	readonly name: string;
	/** Path below the server's origin that its API starts at, e.g. `/scriptivox/v1`. */
	readonly prefix: string;
	/** The settings as they are now. */
	readonly settings: object;
	/** The API. */
	readonly routes: FastifyPluginAsync;
	/** Object storage, on another origin than the API; left out by providers without one. */
	readonly storageRoutes?: FastifyPluginAsync;
	/** Control endpoints of its own, mounted at `/control/<name>`. */
	readonly controlRoutes?: FastifyPluginAsync;
	/** Told once both listeners are up. */
	listening(origin: string, storageOrigin: string): void;
	/** Counts, ready for JSON. */
	statistics(): object;
	/** Changes settings; throws an Error on an unknown one. */
	configure(changes: object): void;
	/** Makes requests fail; throws an Error on an unknown endpoint or kind. */
	fail(fault: Fault): void;
	/** Forgets the faults that still wait for requests. */
	recover(): void;
	/** Back to how it started: no jobs, no counts, no faults, first settings. */
	reset(): void;
	/** Ends timers and deliveries. */
	stop(): void;
}
