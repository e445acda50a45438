import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { inSight } from '../operation/inSight';
import { fetchFiles } from '../operation/jobFiles';
import type { ExportedJob, JobFiles } from '../operation/jobFiles';
import { readPatiently } from './wait';
import type { WaitSettings } from './wait';

/**
 * Adds the files of a job that has ended well to its item, as binaries named after their formats.
 * What cannot be fetched does not keep back the transcript, which is paid for: `error` tells it, and
 * so does the panel.
 *
 * @param formats which files; where there are none, nothing is asked for
 * @param settings for how long an outage is outlasted
 * @throws only when the execution is stopped, with the job's ID
 */
export async function withFiles<Format extends string>(
	context: IExecuteFunctions,
	itemIndex: number,
	item: INodeExecutionData,
	jobFiles: JobFiles<Format>,
	job: ExportedJob,
	formats: string[],
	settings: WaitSettings,
): Promise<INodeExecutionData> {
	if (formats.length === 0) return item;
	const patiently = async <Found>(read: () => Promise<Found>) =>
		await readPatiently(context, itemIndex, settings, read);
	const { binary, error } = await inSight(
		context,
		itemIndex,
		jobFiles.provider,
		job,
		async () => await fetchFiles(context, itemIndex, jobFiles, job, formats, patiently),
	);
	const full = { ...item, ...(binary && { binary }) };
	if (!error) return full;
	context.addExecutionHints({ message: error.message, type: 'warning', location: 'outputPane' });
	return { ...full, json: { ...item.json, error: { ...error } } };
}
