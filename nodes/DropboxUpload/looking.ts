import { NodeApiError } from 'n8n-workflow';
import type { INodeExecutionData } from 'n8n-workflow';

import { credentialTexts } from '../shared/credential';
import { settled } from '../shared/retry';
import { objectOf, textOf } from '../shared/wireValues';
import { fileOf, latestCursor, listFolder, listFurther } from './api';
import type { DropboxFile, Listing, TriggerContext, WatchedFolder } from './api';
import { contentOf, isSeen, isUnseen, recall, remember, withSeen } from './memory';
import type { FolderMemory } from './memory';
import { outputsOf } from './outputs';
import { dropbox } from './provider';
import { folderOf, isWanted } from './settings';
import { inTurn } from './turns';

/**
 * The files that were added or changed since the last look, ready to be emitted; none at the first
 * look, which only notes where the changes begin. What fails leaves the memory as it was, so that
 * the next look finds the same changes again.
 */
export async function look(context: TriggerContext): Promise<INodeExecutionData[]> {
	const trigger = `${context.getWorkflow().id} ${context.getNode().id}`;
	return await inTurn(trigger, async () => {
		const folder = folderOf(context);
		const watch = await watchOf(context, folder);
		const staticData = context.getWorkflowStaticData('node');
		const memory = recall(staticData, trigger, watch);
		if (!memory) {
			const { cursor, now } = await latestCursor(context, folder);
			remember(staticData, trigger, { watch, cursor, seen: [], since: now, version: 0 });
			return [];
		}
		const { files, cursor } = await changesSince(context, folder, memory);
		const outputs = await outputsOf(context, files);
		remember(staticData, trigger, withSeen(memory, files, cursor));
		return outputs;
	});
}

/** The newest file of the folder, for somebody who tests in the editor; none where it has none. */
export async function sample(context: TriggerContext): Promise<INodeExecutionData[]> {
	const { entries } = await allOf(context, await listFolder(context, folderOf(context)));
	const newest = filesIn(context, entries).slice(-1);
	return await outputsOf(context, newest);
}

async function watchOf(context: TriggerContext, folder: WatchedFolder): Promise<string> {
	const account =
		(await accountOf(context)) ?? context.getNode().credentials?.[dropbox.credentialType]?.id;
	return JSON.stringify([account, folder.path.toLowerCase(), folder.recursive]);
}

/** The id of the account that the credential is connected to; null where n8n does not know it. */
export async function accountOf(context: TriggerContext): Promise<string | null> {
	const { oauthTokenData } = await credentialTexts(context, dropbox);
	return textOf(objectOf(oauthTokenData).account_id);
}

interface Changes {
	files: DropboxFile[];
	cursor: string;
}

async function changesSince(
	context: TriggerContext,
	folder: WatchedFolder,
	memory: FolderMemory,
): Promise<Changes> {
	const first = await settled(listFurther(context, memory.cursor));
	if ('value' in first) {
		const { entries, cursor } = await allOf(context, first.value);
		const files = filesIn(context, entries).filter((file) => !isSeen(memory, file));
		return { files, cursor };
	}
	if (!isReset(first.failure)) throw first.failure;
	const { entries, cursor } = await allOf(context, await listFolder(context, folder));
	return { files: filesIn(context, entries).filter((file) => isUnseen(memory, file)), cursor };
}

/** Whether Dropbox has forgotten the cursor: the folder has to be listed anew. */
function isReset(failure: unknown): boolean {
	return failure instanceof NodeApiError && failure.context.code === 'reset';
}

async function allOf(context: TriggerContext, first: Listing): Promise<Listing> {
	let last = first;
	const entries = [...first.entries];
	while (last.hasMore) {
		last = await listFurther(context, last.cursor);
		entries.push(...last.entries);
	}
	return { ...last, entries };
}

/** The files that the user wants, each contents once, the oldest first. */
function filesIn(context: TriggerContext, entries: Listing['entries']): DropboxFile[] {
	const files = entries
		.map(fileOf)
		.filter((file) => file !== undefined)
		.filter((file) => isWanted(context, file));
	const byContent = new Map(files.map((file) => [contentOf(file), file]));
	return [...byContent.values()].sort((a, b) =>
		(a.serverModified ?? '').localeCompare(b.serverModified ?? ''),
	);
}
