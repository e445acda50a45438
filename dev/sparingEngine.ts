/**
 * Settings of n8n's default expression engine with which it makes a sandbox only where there is an expression, and
 * compiles what it puts into each only once. Names: n8n's source, `expression-engine.config.ts` of its package config.
 */
export const SPARING_ENGINE = {
	N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true',
	N8N_EXPRESSION_ENGINE_COMPILE_CACHE: 'true',
};
