import { type InstanceOptions, N8nInstance } from '../../../dev/n8n/instance';
import { fillPrepared } from '../../../dev/n8n/prepared';
import { packTarball } from '../../../dev/pack';
import { SPARING_ENGINE } from '../../../dev/sparing';

/**
 * Environment of an n8n with its earlier expression engine, for suites with hundreds of executions: the
 * default engine takes a tenth of a second of CPU for each. Another suite runs the same with the default one.
 */
export const EARLIER_ENGINE = { N8N_EXPRESSION_ENGINE: 'legacy' };

/** Environment of an n8n whose engine is as n8n has it without settings, for a suite that shows what users have. */
export const ENGINE_AS_IT_COMES = Object.fromEntries(
	Object.keys(SPARING_ENGINE).map((name) => [name, 'false']),
);

/**
 * Starts an n8n of a suite's own, with the packed pack. Its first start is behind it: the folder
 * begins as a copy of one in which n8n has run. Its editor is left out unless told.
 *
 * @throws see N8nInstance.start
 */
export async function startN8n(options: Omit<InstanceOptions, 'pack'>): Promise<N8nInstance> {
	await fillPrepared(options.folder, options.n8n);
	return await N8nInstance.start({ editor: false, ...options, pack: await packTarball() });
}
