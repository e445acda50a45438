import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { RequestContext } from '../core/provider';

/** Characters that one field may have on its way to a model: about 3,000 tokens. */
export const LONGEST_FOR_A_MODEL = 12_000;

/** Characters that all items together may have on their way to a model: about 12,000 tokens. */
export const MOST_FOR_A_MODEL = 48_000;

/** Whether the node runs as a tool of an AI Agent: n8n then puts `Tool` behind its type. */
export function isTool(context: Pick<RequestContext, 'getNode'>): boolean {
	return context.getNode().type.endsWith('Tool');
}

/**
 * An output item as a model can read it: of a long text only the beginning, of a long list nothing,
 * and `cut` names the fields that were shortened. Bytes are left out, as they do not cross a tool
 * call.
 */
export function forModel({ json }: INodeExecutionData): INodeExecutionData {
	const cut = Object.keys(json).filter((name) => lengthOf(json[name]) > LONGEST_FOR_A_MODEL);
	if (cut.length === 0) return { json };
	const shortened = cut.map((name) => [name, shortenedValue(json[name])]);
	return { json: { ...json, ...(Object.fromEntries(shortened) as IDataObject), cut } };
}

/**
 * As many of a tool's output items as a model can read at once; `itemsLeftOut` of the last one says
 * how many more there are.
 *
 * @param items each as a model can read it
 */
export function firstForModel(items: INodeExecutionData[]): INodeExecutionData[] {
	const count = countWithin(
		items.map(({ json }) => json),
		MOST_FOR_A_MODEL,
	);
	const first = items.slice(0, Math.max(count, 1));
	const last = first.at(-1);
	const itemsLeftOut = items.length - first.length;
	if (!last || itemsLeftOut === 0) return items;
	return [...first.slice(0, -1), { ...last, json: { ...last.json, itemsLeftOut } }];
}

/** The beginning of a list that is as long as one field may be on its way to a model. */
export function beginningOf<Value>(list: Value[]): Value[] {
	return list.slice(0, countWithin(list, LONGEST_FOR_A_MODEL));
}

/** How many of the values, from the first, have no more characters together. */
function countWithin(values: unknown[], most: number): number {
	let length = '[]'.length;
	const next = values.findIndex((value) => (length += lengthOf(value) + 1) > most);
	return next === -1 ? values.length : next;
}

function lengthOf(value: unknown): number {
	if (typeof value === 'string') return value.length;
	return JSON.stringify(value)?.length ?? 0;
}

function shortenedValue(value: unknown): unknown {
	if (typeof value === 'string') return `${value.slice(0, LONGEST_FOR_A_MODEL)}…`;
	return Array.isArray(value) ? [] : null;
}
