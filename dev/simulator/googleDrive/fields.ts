import { invalidParameter } from './errors';

/** Which fields an answer holds: names, each with those below it; `true` for all of them. */
type Selection = true | Map<string, Selection>;

const TOKEN = /[A-Za-z][A-Za-z0-9]*|[*(),/]/y;

/**
 * An answer with only the fields that the parameter `fields` asks for.
 *
 * @param fields e.g. `nextPageToken, files(id, name)`
 * @param known names at each height; the key `''` is the answer itself, `files` what lies below it
 * @throws Refusal (400) on a selection that is none, or that names a field that does not exist
 */
export function withFields(
	answer: object,
	fields: string,
	known: Record<string, readonly string[]>,
): object {
	const selection = parse(fields);
	check(selection, '', known);
	return pick(answer, selection) as object;
}

function parse(fields: string): Selection {
	const tokens = tokensOf(fields);
	const list = (): Selection => {
		const names = new Map<string, Selection>();
		let isAll = false;
		do {
			const name = tokens.shift();
			if (name === undefined || '(),/'.includes(name)) throw unknownField(fields);
			const below = belowOf();
			if (name === '*') isAll = true;
			else names.set(name, below);
		} while (tokens[0] === ',' && tokens.shift());
		return isAll ? true : names;
	};
	const belowOf = (): Selection => {
		if (tokens[0] === '/') {
			tokens.shift();
			return list();
		}
		if (tokens[0] !== '(') return true;
		tokens.shift();
		const below = list();
		if (tokens.shift() !== ')') throw unknownField(fields);
		return below;
	};
	const selection = list();
	if (tokens.length > 0) throw unknownField(fields);
	return selection;
}

function tokensOf(fields: string): string[] {
	const text = fields.replace(/\s+/g, '');
	const tokens: string[] = [];
	TOKEN.lastIndex = 0;
	while (TOKEN.lastIndex < text.length) {
		const found = TOKEN.exec(text);
		if (!found) throw unknownField(fields);
		tokens.push(found[0]);
	}
	return tokens;
}

function check(selection: Selection, at: string, known: Record<string, readonly string[]>): void {
	const names = known[at];
	if (selection === true || !names) return;
	for (const [name, below] of selection) {
		if (!names.includes(name)) throw unknownField(name);
		check(below, name, known);
	}
}

function pick(value: unknown, selection: Selection): unknown {
	if (selection === true || typeof value !== 'object' || value === null) return value;
	if (Array.isArray(value)) return value.map((each) => pick(each, selection));
	const picked = [...selection].filter(([name]) => name in value);
	return Object.fromEntries(
		picked.map(([name, below]) => [name, pick((value as Record<string, unknown>)[name], below)]),
	);
}

function unknownField(name: string): Error {
	return invalidParameter('fields', `Invalid field selection ${name}`);
}
