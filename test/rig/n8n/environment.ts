import type { EnvironmentContext, JestEnvironmentConfig } from '@jest/environment';
import { TestEnvironment } from 'jest-environment-node';

declare global {
	/** What a suite leaves to later suites of the same worker of jest; undefined outside of jest. */
	var leftToLaterSuites: Map<string, unknown> | undefined;
}

const leftToLaterSuites = new Map<string, unknown>();

/** jest's environment for Node.js, in which suites can leave something to later ones. */
export default class extends TestEnvironment {
	constructor(config: JestEnvironmentConfig, context: EnvironmentContext) {
		super(config, context);
		Object.assign(this.global, { leftToLaterSuites });
	}
}
