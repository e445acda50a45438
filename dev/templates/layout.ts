const width = 100;
const tabWidth = 2;

/**
 * JSON as the sources of templates have it: what fits on a line of 100 columns stands on one, so
 * that a change of a node, a wire or a position is a change of one line.
 */
export function sourceText(value: unknown): string {
	return `${laidOut(value, '', 0, 0)}\n`;
}

/** @param before columns that the line holds before the value, @param after columns behind it */
function laidOut(value: unknown, indent: string, before: number, after: number): string {
	const line = onOneLine(value);
	const isScalar = typeof value !== 'object' || value === null;
	if (isScalar || (!isBroken(value) && before + line.length + after <= width)) return line;
	const inner = `${indent}\t`;
	const entries = Array.isArray(value)
		? value.map((each) => ({ key: '', each: each as unknown }))
		: Object.entries(value).map(([name, each]) => ({ key: `${JSON.stringify(name)}: `, each }));
	const lines = entries.map(({ key, each }, index) => {
		const comma = index < entries.length - 1 ? 1 : 0;
		return inner + key + laidOut(each, inner, inner.length * tabWidth + key.length, comma);
	});
	const [open, close] = Array.isArray(value) ? '[]' : '{}';
	return `${open}\n${lines.join(',\n')}\n${indent}${close}`;
}

function onOneLine(value: unknown): string {
	if (typeof value !== 'object' || value === null) return JSON.stringify(value);
	if (Array.isArray(value)) return `[${value.map(onOneLine).join(', ')}]`;
	const entries = Object.entries(value);
	if (entries.length === 0) return '{}';
	const inside = entries.map(([name, each]) => `${JSON.stringify(name)}: ${onOneLine(each)}`);
	return `{ ${inside.join(', ')} }`;
}

/** Whether the formatter breaks a value that would fit: a list of objects of several members. */
function isBroken(value: object): boolean {
	if (!Array.isArray(value)) return Object.values(value).some(isBrokenWithin);
	const members = value.map((each: unknown) =>
		typeof each === 'object' && each !== null ? Object.keys(each).length : 0,
	);
	const isOfOneKind = new Set(value.map((each) => Array.isArray(each))).size === 1;
	const isList = value.length > 1 && isOfOneKind && members.every((count) => count > 1);
	return isList || value.some(isBrokenWithin);
}

function isBrokenWithin(value: unknown): boolean {
	return typeof value === 'object' && value !== null && isBroken(value);
}
