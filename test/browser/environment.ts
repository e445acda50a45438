import type { EnvironmentContext, JestEnvironmentConfig } from '@jest/environment';
import { TestEnvironment } from 'jest-environment-node';
import * as pages from './sharedPage';

declare global {
	/** The browser and its pages, which stay from one suite to the next. */
	var browserPages: typeof pages;
}

/** jest's environment for Node.js, with a browser that stays for all suites of a worker. */
export default class extends TestEnvironment {
	constructor(config: JestEnvironmentConfig, context: EnvironmentContext) {
		super(config, context);
		Object.assign(this.global, { browserPages: pages });
	}
}
