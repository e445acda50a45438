import { LoadOptionsContext } from 'n8n-core';
import type { INodeListSearchResult } from 'n8n-workflow';

import { prepareNode } from './workflow';
import type { NodeSetup } from './workflow';

/** A look into a resource locator's list, as the editor does it. */
export interface ListSearch extends NodeSetup {
	/** The name under `methods.listSearch`. */
	method: string;
	/** What the user typed to search. */
	filter?: string;
	/** What the page before gave for the next one. */
	paginationToken?: string;
}

/** Fetches one page of a resource locator's list in n8n-core's own context. */
export async function listSearch({
	method,
	filter,
	paginationToken,
	...setup
}: ListSearch): Promise<INodeListSearchResult> {
	const { workflow, node, additionalData } = prepareNode(setup);
	const context = new LoadOptionsContext(workflow, node, additionalData, 'parameters');
	return await setup.node.methods!.listSearch![method]!.call(context, filter, paginationToken);
}
