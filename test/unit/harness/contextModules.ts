import { readFileSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { dirname, extname } from 'node:path';
import { compileFunction, runInContext, type Context } from 'node:vm';

/** The module that CommonJS code finds as `module`, as far as packages use it. */
interface LoadedModule {
	id: string;
	filename: string;
	exports: unknown;
}

type Run = (...values: unknown[]) => void;

/** What is loaded into the context; Node.js itself loads anything else, into its own. */
const IN_CONTEXT = new Set(['.js', '.cjs', '.json']);

const PARAMETERS = ['exports', 'require', 'module', '__filename', '__dirname'];

/** Loads CommonJS packages into a context of V8, each file once, found as Node.js finds it. */
export class ContextModules {
	private readonly loaded = new Map<string, LoadedModule>();

	/** @param context with Node.js's globals, `process` among them */
	constructor(private readonly context: Context) {}

	/**
	 * What a package exports.
	 *
	 * @param from the file that asks for it
	 * @throws Error when there is no such package, or its code fails
	 */
	require(name: string, from: string): unknown {
		const finder = createRequire(from);
		if (name === 'process' || name === 'node:process') return this.context.process;
		return isBuiltin(name) ? (finder(name) as unknown) : this.load(finder.resolve(name));
	}

	private load(filename: string): unknown {
		const known = this.loaded.get(filename);
		if (known !== undefined) return known.exports;
		if (!IN_CONTEXT.has(extname(filename))) return createRequire(filename)(filename) as unknown;
		const module: LoadedModule = { id: filename, filename, exports: this.run('({})') };
		this.loaded.set(filename, module);
		try {
			this.fill(module, readFileSync(filename, 'utf8'));
		} catch (error) {
			this.loaded.delete(filename);
			throw error;
		}
		return module.exports;
	}

	private fill(module: LoadedModule, text: string): void {
		const { filename } = module;
		if (extname(filename) === '.json') {
			module.exports = this.run(`JSON.parse(${JSON.stringify(text)})`);
			return;
		}
		const run = compileFunction(text, PARAMETERS, {
			filename,
			parsingContext: this.context,
		}) as Run;
		const require = Object.assign((name: string) => this.require(name, filename), {
			resolve: (name: string) => createRequire(filename).resolve(name),
			cache: {},
		});
		run.call(module.exports, module.exports, require, module, filename, dirname(filename));
	}

	private run(expression: string): unknown {
		return runInContext(expression, this.context) as unknown;
	}
}
