import { codeFile } from './codeFile';

interface Outcome {
	isCompleted: boolean;
	failure: string;
	trouble: string;
}

interface Seen {
	status?: string;
	errorCode?: string;
	errorMessage?: string;
	errorDescription?: string;
	httpStatus?: number;
}

let jobOutcome: (seen: Seen) => Promise<Outcome>;

beforeAll(async () => {
	jobOutcome = await codeFile<Seen, Outcome>('jobOutcome', [
		'status',
		'errorCode',
		'errorMessage',
		'errorDescription',
		'httpStatus',
	]);
});

describe('what a look at a job has shown', () => {
	it.each<[string, Seen, Partial<Outcome>]>([
		['that it is completed', { status: 'completed' }, { isCompleted: true }],
		[
			'why it has failed, as Get gives it',
			{ status: 'failed', errorCode: 'PROCESSING_ERROR', errorMessage: 'It broke' },
			{ failure: 'PROCESSING_ERROR: It broke' },
		],
		[
			'why it has failed, as Wait gives it',
			{
				errorCode: 'PROCESSING_ERROR',
				errorMessage:
					'Scriptivox could not transcribe the recording: It broke (PROCESSING_ERROR) [item 3]',
			},
			{ failure: 'PROCESSING_ERROR: It broke' },
		],
		[
			'that it has failed without a reason',
			{ status: 'failed' },
			{ failure: 'UNKNOWN: No reason was given.' },
		],
		[
			'that it is gone',
			{ errorCode: 'TRANSCRIPTION_NOT_FOUND', errorMessage: 'There is none', httpStatus: 404 },
			{ failure: 'TRANSCRIPTION_NOT_FOUND: There is none' },
		],
		[
			'nothing, where it has not ended',
			{
				errorMessage: 'X has not finished within 0.5 minutes: job j is processing [item 0]',
				errorDescription: 'The job keeps running at the provider and nothing is lost.',
			},
			{},
		],
		[
			'why it could not be seen',
			{
				errorMessage: 'X has not finished within 0.5 minutes: job j is out of reach [item 0]',
				errorDescription: 'Nothing is lost. The last look failed: X answered 503. Try later.',
			},
			{ trouble: 'X answered 503. Try later' },
		],
		[
			'what keeps all from being seen',
			{ errorCode: 'INVALID_API_KEY', errorMessage: 'The key is wrong [item 1]', httpStatus: 401 },
			{ trouble: 'The key is wrong' },
		],
		['nothing, where the step gave nothing', {}, {}],
	])('says %s', async (_what, seen, outcome) => {
		const nothing = { isCompleted: false, failure: '', trouble: '' };
		expect(await jobOutcome(seen)).toEqual({ ...nothing, ...outcome });
	});
});
