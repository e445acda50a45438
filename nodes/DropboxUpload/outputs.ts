import { LoggerProxy } from 'n8n-workflow';
import type { IBinaryData, IDataObject, INodeExecutionData } from 'n8n-workflow';

import { apiError } from '../shared/core/errors';
import { isRefusedForGood } from '../shared/polling/pollingRules';
import { RetryableFailure, withRetries } from '../shared/core/retry';
import { settled } from '../shared/core/settled';
import { safeText } from '../shared/core/safeText';
import { objectOf, textOf } from '../shared/core/wireValues';
import { openFile, temporaryLink } from './api';
import type { DropboxFile, TriggerContext } from './api';
import type { Limits } from './limits';
import { triesOf } from './memory';
import type { FolderMemory } from './memory';

const MOST_DOWNLOAD_RETRIES = 2;

/** Looks in which a file is asked for, where what failed may pass. */
const MOST_TRIES = 10;

/**
 * The item of a file, with what the user wants of it; or why it is left for a later look: it is too
 * large for this one, or cannot be had for now. A file that cannot be had at all is emitted with an
 * `error`, so that it ends where a person sees it and stops no other.
 */
export async function dealWith(
	context: TriggerContext,
	file: DropboxFile,
	memory: FolderMemory,
	{ largestDownload, hasNext }: Limits,
): Promise<INodeExecutionData | 'tooLarge' | 'later'> {
	const download = downloadOf(context);
	if (download === 'binary' && file.size > largestDownload) return 'tooLarge';
	const outcome = await settled(contentsOf(context, file));
	if ('value' in outcome) return itemOf(file, outcome.value);
	const isLastTry = triesOf(memory, file) + 1 >= MOST_TRIES;
	if (hasNext && !isLastTry && !isRefusedForGood(outcome.failure)) return 'later';
	return itemWithout(file, outcome.failure);
}

/** The item of a file as it can be had now. */
export async function outputOf(
	context: TriggerContext,
	file: DropboxFile,
): Promise<INodeExecutionData> {
	const outcome = await settled(contentsOf(context, file));
	return 'value' in outcome ? itemOf(file, outcome.value) : itemWithout(file, outcome.failure);
}

function itemOf(file: DropboxFile, contents: INodeExecutionData): INodeExecutionData {
	const json = { provider: 'dropbox', ...file, folder: folderOf(file), error: null };
	return { ...contents, json: { ...json, ...contents.json } };
}

function itemWithout(file: DropboxFile, failure: unknown): INodeExecutionData {
	const { message, context: details } = failure as Error & { context?: IDataObject };
	LoggerProxy.warn(`A file of Dropbox is emitted without what was asked for: ${message}`);
	return itemOf(file, { json: { error: { code: textOf(objectOf(details).code), message } } });
}

function downloadOf(context: TriggerContext): string {
	return context.getNodeParameter('download', 'binary') as string;
}

function folderOf({ path }: DropboxFile): string {
	return path.slice(0, path.lastIndexOf('/')) || '/';
}

async function contentsOf(context: TriggerContext, file: DropboxFile): Promise<INodeExecutionData> {
	const download = downloadOf(context);
	if (download === 'temporaryLink') {
		return { json: { temporaryLink: await temporaryLink(context, file.rev) } };
	}
	if (download !== 'binary') return { json: {} };
	const property = context.getNodeParameter('binaryPropertyName', 'data') as string;
	return { json: {}, binary: { [property]: await downloaded(context, file) } };
}

/** Stores a file in n8n as it comes; begins again where the line breaks in its middle. */
async function downloaded(
	context: TriggerContext,
	{ name, rev }: DropboxFile,
): Promise<IBinaryData> {
	return await withRetries(async () => {
		const stream = await openFile(context, rev);
		const outcome = await settled(context.helpers.prepareBinaryData(stream, name));
		if ('value' in outcome) return outcome.value;
		const { message } = outcome.failure as Error;
		throw new RetryableFailure(
			apiError(context.getNode(), {
				message: `The download of "${name}" from Dropbox broke off: ${safeText(message)}`,
				description: 'Check the connection and the space of n8n, then upload the file again.',
				code: null,
				httpStatus: null,
			}),
		);
	}, MOST_DOWNLOAD_RETRIES);
}
