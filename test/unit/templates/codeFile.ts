import { createRequire } from 'node:module';
import { runInNewContext } from 'node:vm';
import { bodyOf } from '../../../dev/templates/code';
import { readSources } from '../../../dev/templates/sources';

const requireModule = createRequire(__filename);

/**
 * A function of templates/src/code as Code nodes run it, with all that it imports.
 *
 * @param name of its file, e.g. 'troubleOf'
 * @param takes the names that it takes out of its only argument
 */
export async function codeFile<Taken extends object, Result>(
	name: string,
	takes: Array<keyof Taken & string>,
): Promise<(given: Taken) => Promise<Result>> {
	const { code } = await readSources();
	const body = bodyOf(`code/${name}.js`, code);
	const run = runInNewContext(`(async ({ ${takes.join(', ')} }, require) => {${body}\n})`) as (
		given: Taken,
		require: NodeJS.Require,
	) => Promise<Result>;
	// what comes out of another realm equals nothing that a test writes down
	return async (given) => JSON.parse(JSON.stringify(await run(given, requireModule))) as Result;
}
