import type { INodeParameters } from 'n8n-workflow';

/** The providers whose nodes have operations, by their node's name. */
export const PROVIDERS = ['scriptivox', 'whipscribe', 'transcripton', 'scripe', 'mediaScribe'];

/** One call of an operation that needs nothing but the replies of `replyTo`. */
export interface OperationCall {
	/** The node's name, e.g. 'scriptivox'. */
	provider: string;
	resource: string;
	operation: string;
	/** What differs from the node's defaults. */
	parameters: INodeParameters;
}

/** An id that every provider's nodes take. */
export const UUID = '7c9e6679-7425-40de-944b-e07fc1f90ae7';

const chosen = (field: string, value: string): INodeParameters => ({
	[field]: { __rl: true, mode: 'id', value },
});
const quickly = { options: { pollIntervalSeconds: 1 } };
const ofFile: INodeParameters = { inputType: 'binaryFile', ...quickly };
const ofLink: INodeParameters = { inputType: 'url', url: 'https://example.com/a.mp3', ...quickly };

const ofTranscription = chosen('transcriptionId', UUID);
const ofJob = chosen('jobId', UUID);
const ofScripeJob = chosen('jobId', 'job_5gH6iJ7kL8');
const ofSource = chosen('sourceId', 'src_1aB2cD3eF4');
const inProject = chosen('projectId', 'proj_7Qk2vX9mB4');

/** An operation, and what one call of it differs in from the node's defaults. */
type Row = [name: string, parameters?: INodeParameters];

const ROWS: Record<string, Row[]> = {
	scriptivox: [
		['transcription transcribe', ofFile],
		['transcription transcribe', ofLink],
		['transcription transcribe', { inputType: 'uploadId', uploadId: UUID, ...quickly }],
		['transcription get', ofTranscription],
		['transcription getMany'],
		['transcription wait', ofTranscription],
		['transcription export', ofTranscription],
		['transcription cancel', ofTranscription],
		['transcription delete', ofTranscription],
		['file upload'],
		['account getBalance'],
	],
	whipscribe: [
		['job transcribe', ofFile],
		['job transcribe', ofLink],
		['job get', ofJob],
		['job getMany'],
		['job wait', ofJob],
		['job getTranscript', ofJob],
		['job export', ofJob],
		['job getAudioUrl', ofJob],
		['job claim', { claimTokens: 'token-of-a-guest' }],
		['job delete', ofJob],
		['account get'],
	],
	transcripton: [
		['job transcribe', ofFile],
		['job transcribe', ofLink],
		['job get', ofJob],
		['job getMany'],
		['job wait', ofJob],
		['job export', ofJob],
		['job polish', ofJob],
		['job summarize', ofJob],
		['job delete', ofJob],
		['translation create', { ...ofJob, targetLanguage: 'de' }],
		['translation getMany', ofJob],
		['webhook getDeliveries'],
	],
	scripe: [
		['source create', { ...inProject, ...ofFile }],
		['source create', { ...inProject, inputType: 'text', text: 'Good morning.' }],
		['source create', { ...inProject, inputType: 'uploadId', uploadId: 'upl_9mN0oP1qR2' }],
		['source get', ofSource],
		['upload create'],
		['job get', ofScripeJob],
		['job getMany'],
		['job wait', ofScripeJob],
		['job cancel', ofScripeJob],
		['post create', { ...inProject, content: 'Good morning.' }],
		['post generate', { ...inProject, text: 'Good morning.' }],
		['post getMany', inProject],
		['note getMany', inProject],
		['project get', inProject],
		['project getMany'],
		['workspace get'],
	],
	mediaScribe: [
		['recording start'],
		['recording stop'],
		['recording getStatus'],
		['preset getMany'],
		['preset activate', chosen('presetId', UUID)],
	],
};

/** At least one call of each operation of each node. */
export const everyCall: OperationCall[] = Object.entries(ROWS).flatMap(([provider, rows]) =>
	rows.map(([name, parameters = {}]) => {
		const [resource = '', operation = ''] = name.split(' ');
		return { provider, resource, operation, parameters };
	}),
);

/** Puts a list into an order that a number stands for: the same for the same number. */
export function shuffled<Entry>(list: readonly Entry[], seed: number): Entry[] {
	const keyed = list.map((entry, index) => ({
		entry,
		// Knuth's multiplicative hash spreads neighbouring numbers over the whole range
		key: Math.imul(index + 1 + seed * 7919, 2_654_435_761) >>> 0,
	}));
	return keyed.sort((a, b) => a.key - b.key).map(({ entry }) => entry);
}
