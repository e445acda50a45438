import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { look, sample } from './looking';
import { receiveOf } from './settings';

// n8n makes one for each time that the workflow starts to listen
const contextsThatLooked = new WeakSet<IPollFunctions>();

/**
 * Looks at the folder: each time where the node polls; where it has a webhook only when the workflow
 * starts to listen, for what changed while n8n was away. In the editor it gives the newest file.
 */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	if (context.getMode() === 'manual') return emitted(await sample(context));
	if (receiveOf(context) === 'webhook' && contextsThatLooked.has(context)) return null;
	const items = await look(context);
	contextsThatLooked.add(context);
	return emitted(items);
}

function emitted(items: INodeExecutionData[]): INodeExecutionData[][] | null {
	return items.length > 0 ? [items] : null;
}
