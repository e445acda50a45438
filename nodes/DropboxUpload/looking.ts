import type { INodeExecutionData } from 'n8n-workflow';

import { triggerOf } from '../shared/core/triggerOf';
import { recall, remember } from './accepted';
import { latestCursor, listFolder } from './api';
import type { TriggerContext } from './api';
import { watchOf } from './account';
import { filesSince } from './changes';
import { isInVain } from './limits';
import type { Limits } from './limits';
import { filesIn, listAll } from './listing';
import { beginning, withSeen } from './memory';
import { outputOf } from './outputs';
import { folderOf } from './settings';
import { oneAtATime } from './oneAtATime';

/** What a look found. */
export interface Look {
	items: INodeExecutionData[];
	/** Whether the limits, or files that cannot be had for now, left something for the next look. */
	isMoreLeft: boolean;
}

/** Looks of notifications that wait for their turn, by trigger and how it is set. */
const toCome = new Set<string>();

/**
 * The files that were added or changed since the last look, ready to be emitted; none at the first
 * look, which only notes where the changes begin. What fails leaves the memory as it was, so that
 * the next look finds the same changes again; so does a look whose result n8n throws away.
 */
export async function look(context: TriggerContext, limits: Limits): Promise<Look> {
	const trigger = triggerOf(context);
	return await oneAtATime(trigger, async () => await lookInTurn(context, trigger, limits));
}

/**
 * The same for a notification: a look that waits for its turn serves all that come meanwhile, so that
 * many of them, or one that somebody plays back, do not make a line of looks.
 *
 * @returns undefined where such a look waits already
 */
export async function lookForAll(
	context: TriggerContext,
	limits: Limits,
): Promise<Look | undefined> {
	const trigger = triggerOf(context);
	// one that was published anew may watch another folder
	const key = `${trigger} ${JSON.stringify(context.getNode())}`;
	if (toCome.has(key)) return undefined;
	toCome.add(key);
	return await oneAtATime(trigger, async () => {
		toCome.delete(key);
		return await lookInTurn(context, trigger, limits);
	});
}

async function lookInTurn(context: TriggerContext, trigger: string, limits: Limits): Promise<Look> {
	const folder = folderOf(context);
	const watch = await watchOf(context, folder);
	const { memory, pending } = recall(context, trigger, watch);
	if (!memory) {
		const { cursor, now } = await latestCursor(context, folder);
		if (!isInVain(context)) remember(context, trigger, beginning(watch, cursor, now), false);
		return { items: [], isMoreLeft: false };
	}
	const found = await filesSince(context, folder, memory, limits, pending);
	if (isInVain(context)) return { items: [], isMoreLeft: true };

	const { items } = found;
	// what the pending memory is about may have to be found again: the cursor stays before it
	const next = pending ? withSeen(memory, found.files) : found.memory;
	remember(context, trigger, next, items.length > 0);
	return { items, isMoreLeft: found.isMoreLeft || pending !== undefined };
}

/** The newest file of the folder, for somebody who tests in the editor; none where it has none. */
export async function sample(context: TriggerContext): Promise<INodeExecutionData[]> {
	const entries = await listAll(context, await listFolder(context, folderOf(context)));
	const newest = filesIn(context, entries).slice(-1);
	return await Promise.all(newest.map(async (file) => await outputOf(context, file)));
}
