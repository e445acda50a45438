import { misunderstood } from './errors';
import type { Account } from './account';

const PATH = /^(\/(.|[\r\n])*|id:.*|rev:[0-9a-f]{9,}|ns:[0-9]+(\/.*)?)?$/;
const FOLDER_PATH = /^(\/(.|[\r\n])*|id:.*|ns:[0-9]+(\/.*)?)?$/;

type Fields = Record<string, unknown>;

/** How a field of a request has to be. */
type Rule = 'boolean' | 'number' | 'string' | 'any';

/** Reads a call's argument, strictly: Dropbox refuses fields that it does not know. */
export class Argument {
	private readonly fields: Fields;

	/**
	 * @param text JSON, from the body or the header
	 * @param known the fields and what each has to be
	 */
	constructor(
		private readonly account: Account,
		private readonly endpoint: string,
		text: unknown,
		known: Record<string, Rule>,
	) {
		this.fields = this.parsed(text);
		this.account.counts.fields(endpoint, this.fields, Object.keys(known));
		for (const [name, value] of Object.entries(this.fields)) {
			const rule = known[name];
			if (!rule) throw this.problem(`unknown field '${name}'`);
			if (rule !== 'any' && value !== null && typeof value !== rule) {
				throw this.problem(`${name}: expected ${rule}, got ${typeof value}`);
			}
		}
	}

	/** A field; undefined where it was left out. */
	get<T>(name: string): T | undefined {
		return this.fields[name] as T | undefined;
	}

	/** A field that is needed. */
	needed(name: string): string {
		const value = this.fields[name];
		if (typeof value !== 'string') throw this.problem(`missing required field '${name}'`);
		return value;
	}

	/** The path of a folder: the root is an empty text. */
	folderPath(): string {
		const path = this.needed('path');
		if (path === '/') {
			throw this.problem('path: Specify the root folder as an empty string rather than as "/".');
		}
		if (!FOLDER_PATH.test(path) || path.endsWith('/')) throw this.wrongPath(path);
		return path;
	}

	/** The path, id or revision of a file. */
	filePath(): string {
		const path = this.needed('path');
		if (path === '' || !PATH.test(path)) throw this.wrongPath(path);
		return path;
	}

	private wrongPath(path: string) {
		return this.problem(`path: '${path}' did not match pattern '${PATH.source}'`);
	}

	private parsed(text: unknown): Fields {
		try {
			const value: unknown = JSON.parse(String(text));
			if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
				return value as Fields;
			}
		} catch {
			throw this.problem('could not decode input as JSON');
		}
		throw this.problem('expected object');
	}

	private problem(problem: string) {
		return misunderstood(this.endpoint.replace('POST /', ''), `request body: ${problem}`);
	}
}
