import { UUID } from '../../everyOperation/operations';

/** What the operations of the stage put out where all is well. */
export const TRANSCRIPT = { json: { id: UUID, status: 'completed', text: 'Hi', error: null } };
export const SOURCE = {
	json: { id: 'job_5gH6iJ7kL8', status: 'completed', text: 'Good morning.' },
};

/** An operation of each provider that transcribes a file, and what it puts out. */
export const FROM_FILE = [
	{ of: 'scriptivox transcription transcribe binaryFile', gives: TRANSCRIPT },
	{ of: 'whipscribe job transcribe binaryFile', gives: TRANSCRIPT },
	{ of: 'transcripton job transcribe binaryFile', gives: TRANSCRIPT },
	{ of: 'scripe source create binaryFile', gives: SOURCE },
];

/** The same with a link, where the provider takes one. */
export const FROM_LINK = [
	{ of: 'scriptivox transcription transcribe url', gives: TRANSCRIPT },
	{ of: 'whipscribe job transcribe url', gives: TRANSCRIPT },
	{ of: 'transcripton job transcribe url', gives: TRANSCRIPT },
];

/** Looks at a job that has ended. */
export const LOOKS = [
	{ of: 'scriptivox transcription get', field: 'transcriptionId', id: UUID, gives: TRANSCRIPT },
	{
		of: 'whipscribe job get',
		field: 'jobId',
		id: UUID,
		gives: { json: { id: UUID, status: 'completed' } },
	},
	{ of: 'transcripton job get', field: 'jobId', id: UUID, gives: TRANSCRIPT },
	{
		of: 'scripe job get',
		field: 'jobId',
		id: 'job_5gH6iJ7kL8',
		gives: { json: { id: 'job_5gH6iJ7kL8', status: 'completed' } },
	},
];

/** Lists, with what the first entry is. */
export const LISTS = [
	{ of: 'scriptivox transcription getMany', gives: { json: { id: UUID } } },
	{ of: 'whipscribe job getMany', gives: { json: { id: UUID } } },
	{ of: 'transcripton job getMany', gives: { json: { id: UUID } } },
	{ of: 'scripe job getMany', gives: { json: { id: 'job_5gH6iJ7kL8' } } },
];

/** A read of each provider. */
export const EVERY_PROVIDER = [
	...LISTS,
	{ of: 'mediaScribe recording getStatus', gives: { json: { state: 'ready' } } },
];
