import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { RequestContext } from '../core/provider';

/** Characters that one field may have on its way to a model: about 3,000 tokens. */
export const LONGEST_FOR_A_MODEL = 12_000;

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

function lengthOf(value: unknown): number {
	if (typeof value === 'string') return value.length;
	return JSON.stringify(value)?.length ?? 0;
}

function shortenedValue(value: unknown): unknown {
	if (typeof value === 'string') return `${value.slice(0, LONGEST_FOR_A_MODEL)}…`;
	return Array.isArray(value) ? [] : null;
}
