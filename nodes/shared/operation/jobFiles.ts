import type {
	IBinaryData,
	IBinaryKeyData,
	IExecuteFunctions,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';

import { inputError } from '../core/errors';
import { cancelSignalOf } from '../core/provider';
import type { ItemContext, JobProvider, RequestContext } from '../core/provider';
import { settled } from '../core/settled';
import { unfetchedError } from '../core/unreadError';
import type { UnreadError } from '../core/unreadError';
import { passesByItself } from '../http/passing';
import { exportName } from '../files/exportName';
import { storeFile } from './outputItems';
import type { OutputFile } from './outputItems';
import { isTool } from './toolOutput';

/** The files that a provider makes of a job that has ended well. */
export interface JobFiles<Format extends string = string> {
	provider: JobProvider;
	/** The operation that downloads one of them, as the panel names it. */
	exportWith: string;
	/** The formats to choose from. */
	formats: INodePropertyOptions[];
	/** The MIME type of each. */
	types: Readonly<Record<Format, string>>;
	/** Downloads one of them. */
	download(
		context: RequestContext,
		itemIndex: number | undefined,
		job: ExportedJob,
		format: Format,
	): Promise<OutputFile>;
}

/** A job whose files are wanted. */
export interface ExportedJob {
	id: string;
	/** The proof that a guest's job is ours. */
	claimToken?: string;
	/** The recording's name, after which its files are named; null where nobody knows it. */
	recording: string | null;
}

// spread in: n8n's lint wants its literal options wherever it reads the type
const SEVERAL = { type: 'multiOptions' } as const;

/** The choice of files that come with a transcript. */
export function filesField<Format extends string>({ formats }: JobFiles<Format>): INodeProperties {
	return {
		...SEVERAL,
		displayName: 'Files',
		name: 'files',
		options: formats,
		default: [],
		description:
			'Files to fetch with the transcript, named after the recording or its job. Each comes in the binary field of its format, such as "srt".',
	};
}

/** The format of an export. */
export function formatField<Format extends string>({ formats }: JobFiles<Format>): INodeProperties {
	return {
		displayName: 'Format',
		name: 'format',
		type: 'options',
		options: formats,
		default: 'srt',
		description: 'The kind of file to make',
	};
}

/**
 * The item's format.
 *
 * @throws NodeOperationError where the provider has no such format
 */
export function formatOf<Format extends string>(
	context: IExecuteFunctions,
	itemIndex: number,
	jobFiles: JobFiles<Format>,
): Format {
	return checkedFormat(
		context,
		itemIndex,
		jobFiles,
		String(context.getNodeParameter('format', itemIndex)),
	);
}

/**
 * The formats that the item chooses. Read them before a job is started, so that a wrong one costs
 * nothing. None for a tool: bytes do not cross its call.
 *
 * @throws NodeOperationError where the provider lacks one
 */
export function chosenFormats<Format extends string>(
	context: IExecuteFunctions,
	itemIndex: number,
	jobFiles: JobFiles<Format>,
): Format[] {
	if (isTool(context)) return [];
	const named = formatsNamed(context.getNodeParameter('files', itemIndex, []));
	return named.map((format) => checkedFormat(context, itemIndex, jobFiles, format));
}

/** The formats in a choice, each once; an expression may give them as a text with commas. */
export function formatsNamed(chosen: unknown): string[] {
	const list = Array.isArray(chosen) ? chosen : String(chosen ?? '').split(',');
	const formats = list.map((format) => String(format).trim().toLowerCase());
	return [...new Set(formats)].filter((format) => format !== '');
}

function checkedFormat<Format extends string>(
	context: RequestContext,
	itemIndex: number | undefined,
	{ provider, types }: JobFiles<Format>,
	format: string,
): Format {
	if (Object.hasOwn(types, format)) return format as Format;
	throw inputError(context.getNode(), `${provider.name} has no export format "${format}"`, {
		description: `Choose one of ${Object.keys(types).join(', ')}.`,
		itemIndex,
	});
}

/** What came of fetching a job's files. */
export interface FetchedFiles {
	/** Those that are there, by their formats; undefined where none is. */
	binary?: IBinaryKeyData;
	/** Why others are missing; undefined where none is. */
	error?: UnreadError;
	/** What the last of these ended with. */
	failure?: unknown;
}

/**
 * Fetches a job's files into n8n's storage, one after the other. One that cannot be had does not
 * keep back the others; where nobody answers, the rest is not asked for.
 *
 * @param formats which
 * @param patiently how each is asked for
 * @throws only when the execution was stopped
 */
export async function fetchFiles<Format extends string>(
	context: ItemContext,
	itemIndex: number | undefined,
	jobFiles: JobFiles<Format>,
	job: ExportedJob,
	formats: string[],
	patiently: <Found>(read: () => Promise<Found>) => Promise<Found> = async (read) => await read(),
): Promise<FetchedFiles> {
	const files: IBinaryKeyData = {};
	const failures: unknown[] = [];
	for (const format of formats) {
		const isOutage = failures.some((failure) => passesByItself(failure, true));
		if (isOutage) break;
		const file = await settled(
			patiently(async () => await fetchFile(context, itemIndex, jobFiles, job, format)),
		);
		if ('value' in file) files[format] = file.value;
		else if (cancelSignalOf(context)?.aborted) throw file.failure;
		else failures.push(file.failure);
	}
	const binary = Object.keys(files).length > 0 ? files : undefined;
	if (failures.length === 0) return { binary };
	const failure = failures.at(-1);
	const missing = formats.filter((format) => !Object.hasOwn(files, format));
	return { binary, failure, error: unfetchedError(failure, job.id, jobFiles.exportWith, missing) };
}

async function fetchFile<Format extends string>(
	context: ItemContext,
	itemIndex: number | undefined,
	jobFiles: JobFiles<Format>,
	job: ExportedJob,
	named: string,
): Promise<IBinaryData> {
	const format = checkedFormat(context, itemIndex, jobFiles, named);
	const file = await jobFiles.download(context, itemIndex, job, format);
	const name = job.recording === null ? undefined : exportName(job.recording, format);
	return await storeFile(context, { ...file, name: name ?? file.name }, itemIndex);
}
