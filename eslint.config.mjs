import { config as n8nConfig } from '@n8n/node-cli/eslint';
import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import globals from 'globals';
import tseslint from 'typescript-eslint';

export default defineConfig(
	globalIgnores(['dist/', 'coverage/', '.n8n-dev/']),

	// What users install: n8n's own rules, exactly as `n8n-node lint` applies them.
	{
		files: ['package.json', 'nodes/**', 'credentials/**'],
		extends: [n8nConfig],
		// n8n's scan ignores inline switches, so a switched-off rule would only surface at publishing.
		linterOptions: { noInlineConfig: true },
	},

	// Rules that need types are in .oxlintrc.json: Oxlint takes a sixth of the CPU for them.
	{
		files: ['nodes/**/*.ts', 'credentials/**/*.ts', 'dev/**/*.ts', 'test/**/*.ts'],
		rules: { eqeqeq: 'error' },
	},

	// What stays here: n8n's rules are for code inside n8n, this code runs n8n from outside.
	{
		files: ['dev/**/*.ts', 'test/**/*.ts'],
		extends: [js.configs.recommended, tseslint.configs.recommended],
	},
	{
		files: ['**/*.mjs', '**/*.cjs', '*.js', 'dev/**/*.js', 'test/**/*.js'],
		extends: [js.configs.recommended],
		languageOptions: { globals: globals.node },
	},
	{
		files: ['**/*.js', '**/*.cjs'],
		languageOptions: { sourceType: 'commonjs' },
	},

	// The code of Code nodes: what n8n gives comes as an argument, what Node.js gives is imported.
	{
		files: ['templates/src/code/*.js'],
		extends: [js.configs.recommended],
		languageOptions: { sourceType: 'module', globals: { Buffer: 'readonly' } },
		rules: { eqeqeq: 'error' },
	},
);
