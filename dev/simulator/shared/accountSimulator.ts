import type { FastifyPluginAsync } from 'fastify';
import type { Fault, FaultQueue } from './faults';
import type { SimulatedProvider } from './provider';
import type { PartialSettings } from './settings';

/** What a simulated provider keeps: settings, work in flight, counts and faults. */
export interface SimulatedAccount {
	readonly settings: object;
	readonly faults: FaultQueue;
	/** Counts, ready for JSON. */
	statistics(): object;
	/** Back to how it started. */
	reset(): void;
}

/** What every simulated provider does alike: it hands on to the account that it keeps. */
export abstract class AccountSimulator<
	Account extends SimulatedAccount & {
		configure(changes: PartialSettings<Account['settings']>): void;
	},
> implements SimulatedProvider {
	abstract readonly name: string;

	abstract readonly prefix: string;

	abstract readonly routes: FastifyPluginAsync;

	/** Where its API starts: what a credential's base URL is set to. Known once the simulator listens. */
	baseUrl = '';

	/** Origin of the presigned URLs. Known once the simulator listens. */
	protected storageOrigin = '';

	constructor(protected readonly account: Account) {}

	get settings(): Account['settings'] {
		return this.account.settings;
	}

	listening(origin: string, storageOrigin: string): void {
		this.baseUrl = origin + this.prefix;
		this.storageOrigin = storageOrigin;
	}

	statistics(): ReturnType<Account['statistics']> {
		return this.account.statistics() as ReturnType<Account['statistics']>;
	}

	configure(changes: PartialSettings<Account['settings']>): void {
		this.account.configure(changes);
	}

	fail(fault: Fault): void {
		this.account.faults.add(fault);
	}

	recover(): void {
		this.account.faults.reset();
	}

	reset(): void {
		this.account.reset();
	}

	abstract stop(): void;
}
