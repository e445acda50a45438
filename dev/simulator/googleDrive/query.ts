import { invalidParameter } from './errors';
import type { DriveFile } from './files';

/** Whether a file is what was searched for. */
export type Search = (file: DriveFile) => boolean;

const TOKEN = /'(?:[^'\\]|\\.)*'|[A-Za-z]+|<=|>=|!=|[=<>(){}]/y;
const DATES = ['createdTime', 'modifiedTime'];
const BOOLEANS = ['trashed', 'starred'];
const TEXTS = ['name', 'mimeType'];

type Compare = (left: string, right: string) => boolean;

const TEXT_OPERATORS: Record<string, Compare | undefined> = {
	'=': (left, right) => left === right,
	'!=': (left, right) => left !== right,
	contains: (left, right) => left.toLowerCase().includes(right.toLowerCase()),
};

const DATE_OPERATORS: Record<string, ((left: number, right: number) => boolean) | undefined> = {
	'=': (left, right) => left === right,
	'!=': (left, right) => left !== right,
	'<': (left, right) => left < right,
	'<=': (left, right) => left <= right,
	'>': (left, right) => left > right,
	'>=': (left, right) => left >= right,
};

/**
 * Reads a search of files.list, by Google's reference of query terms and operators.
 *
 * @param q e.g. `'folder-id' in parents and trashed = false`
 * @param parentExists a search in a folder that does not exist is refused
 * @throws Refusal (400) on anything that the reference does not know
 */
export function searchOf(q: string, parentExists: (id: string) => void): Search {
	const tokens = tokensOf(q);
	const take = (): string => tokens.shift() ?? fail();
	const isNext = (word: string) => tokens[0]?.toLowerCase() === word;

	const alternatives = (): Search => {
		let search = conjunction();
		while (isNext('or')) {
			take();
			search = either(search, conjunction());
		}
		return search;
	};
	const conjunction = (): Search => {
		let search = term();
		while (isNext('and')) {
			take();
			search = both(search, term());
		}
		return search;
	};
	const term = (): Search => {
		if (isNext('not')) {
			take();
			const negated = term();
			return (file) => !negated(file);
		}
		if (isNext('(')) {
			take();
			const inner = alternatives();
			if (take() !== ')') fail();
			return inner;
		}
		const first = take();
		if (first.startsWith("'")) return inParents(textOf(first));
		return comparison(first);
	};
	const inParents = (id: string): Search => {
		if (take().toLowerCase() !== 'in' || take() !== 'parents') fail();
		parentExists(id);
		return ({ parents }) => parents.includes(id);
	};
	const comparison = (name: string): Search => {
		const operator = take();
		if (name === 'appProperties') return property(operator);
		const value = take();
		if (BOOLEANS.includes(name)) return booleanIs(name, operator, value);
		if (TEXTS.includes(name)) {
			const compare = TEXT_OPERATORS[operator] ?? fail();
			const right = textOf(value);
			return (file) => compare(file[name as 'name' | 'mimeType'], right);
		}
		if (!DATES.includes(name)) fail();
		const compare = DATE_OPERATORS[operator] ?? fail();
		const right = Date.parse(textOf(value));
		if (Number.isNaN(right)) fail();
		return (file) => compare(Date.parse(file[name as 'createdTime' | 'modifiedTime']), right);
	};
	const property = (operator: string): Search => {
		const parts = ['{', 'key', '=', null, 'and', 'value', '=', null, '}'];
		const values = parts.map((part) => {
			const token = take();
			if (part !== null && token !== part) fail();
			return token;
		});
		if (operator !== 'has') fail();
		const [key, value] = [textOf(values[3]!), textOf(values[7]!)];
		return ({ appProperties }) => appProperties[key] === value;
	};
	const search = alternatives();
	if (tokens.length > 0) fail();
	return search;
}

function booleanIs(name: string, operator: string, value: string): Search {
	if (!['=', '!='].includes(operator) || !['true', 'false'].includes(value)) fail();
	const wanted = (value === 'true') === (operator === '=');
	return (file) => file[name as 'trashed' | 'starred'] === wanted;
}

function both(left: Search, right: Search): Search {
	return (file) => left(file) && right(file);
}

function either(left: Search, right: Search): Search {
	return (file) => left(file) || right(file);
}

function tokensOf(q: string): string[] {
	const tokens: string[] = [];
	let position = 0;
	while (q.slice(position).trim() !== '') {
		position += q.slice(position).length - q.slice(position).trimStart().length;
		TOKEN.lastIndex = position;
		const token = TOKEN.exec(q)?.[0] ?? fail();
		tokens.push(token);
		position += token.length;
	}
	return tokens;
}

function textOf(token: string): string {
	if (!token.startsWith("'")) fail();
	return token.slice(1, -1).replace(/\\(.)/g, '$1');
}

function fail(): never {
	throw invalidParameter('q');
}
