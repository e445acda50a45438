import type { EnvironmentContext, JestEnvironmentConfig } from '@jest/environment';
import { TestEnvironment } from 'jest-environment-node';
import { ContextModules } from './contextModules';

declare global {
	/** n8n's packages, of which a worker of jest has one copy for all its suites. */
	var workerModules: {
		/**
		 * What a package or a file of one exports.
		 *
		 * @param from the package that asks for it; this project where left out
		 */
		require<Exports>(name: string, from?: string): Exports;
	};
}

/**
 * jest's environment for Node.js, which stays for all suites of a worker: what they load of n8n takes
 * 1.7 s of CPU, and the tests of most of them less than one.
 */
class WorkerEnvironment extends TestEnvironment {
	private readonly given: Set<PropertyKey>;

	private readonly exit: typeof process.exit;

	private readonly env: NodeJS.ProcessEnv;

	constructor(config: JestEnvironmentConfig, context: EnvironmentContext) {
		super(config, context);
		const modules = new ContextModules(this.getVmContext()!);
		const workerModules = {
			require: (name: string, from?: string) =>
				modules.require(name, from === undefined ? __filename : require.resolve(from)),
		};
		Object.assign(this.global, { workerModules });
		workerModules.require('n8n-core');
		this.given = new Set(Reflect.ownKeys(this.global));
		const { process: sandboxed } = this.global;
		this.exit = sandboxed.exit;
		this.env = { ...sandboxed.env };
	}

	/** Takes away what a suite has left, and keeps the rest for the next one. */
	override async teardown(): Promise<void> {
		this.fakeTimersModern?.useRealTimers();
		this.moduleMocker?.restoreAllMocks();
		for (const key of Reflect.ownKeys(this.global)) {
			if (!this.given.has(key)) Reflect.deleteProperty(this.global, key);
		}
		const { process: sandboxed } = this.global;
		sandboxed.exit = this.exit;
		for (const name of Object.keys(sandboxed.env)) delete sandboxed.env[name];
		Object.assign(sandboxed.env, this.env);
	}
}

let ofWorker: WorkerEnvironment | undefined;

/** Gives each suite of a worker the same environment. */
export default class {
	constructor(config: JestEnvironmentConfig, context: EnvironmentContext) {
		ofWorker ??= new WorkerEnvironment(config, context);
		return ofWorker as unknown as this;
	}
}
