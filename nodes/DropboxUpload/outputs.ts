import { LoggerProxy } from 'n8n-workflow';
import type { IBinaryData, IDataObject, INodeExecutionData } from 'n8n-workflow';

import { apiError } from '../shared/errors';
import { RetryableFailure, settled, withRetries } from '../shared/retry';
import { safeText } from '../shared/safeText';
import { objectOf, textOf } from '../shared/wireValues';
import { openFile, temporaryLink } from './api';
import type { DropboxFile, TriggerContext } from './api';

const MOST_DOWNLOAD_RETRIES = 2;

/**
 * The items of files, with what the user wants of each. A file that cannot be had is emitted with
 * an `error`, so that it ends where a person sees it and stops no other.
 */
export async function outputsOf(
	context: TriggerContext,
	files: DropboxFile[],
): Promise<INodeExecutionData[]> {
	const outputs: INodeExecutionData[] = [];
	for (const file of files) outputs.push(await outputOf(context, file));
	return outputs;
}

async function outputOf(context: TriggerContext, file: DropboxFile): Promise<INodeExecutionData> {
	const json: IDataObject = { provider: 'dropbox', ...file, folder: folderOf(file), error: null };
	const outcome = await settled(contentsOf(context, file));
	if ('value' in outcome) return { ...outcome.value, json: { ...json, ...outcome.value.json } };
	const { message, context: details } = outcome.failure as Error & { context?: IDataObject };
	LoggerProxy.warn(`A file of Dropbox is emitted without what was asked for: ${message}`);
	return { json: { ...json, error: { code: textOf(objectOf(details).code), message } } };
}

function folderOf({ path }: DropboxFile): string {
	return path.slice(0, path.lastIndexOf('/')) || '/';
}

async function contentsOf(context: TriggerContext, file: DropboxFile): Promise<INodeExecutionData> {
	const download = context.getNodeParameter('download', 'binary') as string;
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
