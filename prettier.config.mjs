/** @type {import('prettier').Config} */
export default {
	useTabs: true,
	tabWidth: 2,
	printWidth: 100,
	singleQuote: true,
	trailingComma: 'all',
	semi: true,
	arrowParens: 'always',
	endOfLine: 'lf',
	overrides: [
		// YAML forbids tabs.
		{ files: ['*.yml', '*.yaml'], options: { useTabs: false } },
	],
};
