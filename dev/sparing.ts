/**
 * Settings of n8n's default expression engine with which it makes a sandbox only where there is an expression, and
 * compiles what it puts into each only once. Names: n8n's source, `expression-engine.config.ts` of its package config.
 */
export const SPARING_ENGINE = {
	N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true',
	N8N_EXPRESSION_ENGINE_COMPILE_CACHE: 'true',
};

/** A variable of the rig's own: `true` has n8n's database driver keep no traces (`n8n/withoutTraces.cjs`). */
export const WITHOUT_TRACES = 'RIG_WITHOUT_TRACES';

/** The environment in which suites run whose n8n is to take little CPU. */
export const SPARING = { ...SPARING_ENGINE, [WITHOUT_TRACES]: 'true' };
