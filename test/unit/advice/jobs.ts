import { createRunExecutionData } from 'n8n-workflow';

import { binaryItem, errorOf, START } from '../harness';
import { UUID } from '../../everyOperation/operations';
import { runWith } from './advice';
import type { Advice, Followed, Meddle, Stage } from './advice';
import { FROM_FILE, FROM_LINK, SOURCE, TRANSCRIPT } from './outputs';

const LISTED = { id: UUID, status: 'done', created_at: START.toISOString() };
const TEN_MINUTES = 600_000;
const isLook = (call: string) => /^GET \/(jobs|transcribe|sources|posts)\/[^/?]+(\?|$)/.test(call);

/** A job as each provider writes it. */
const wireJob = (provider: string, status: string, error: string | null = null) =>
	provider === 'scripe'
		? { data: { id: 'job_5gH6iJ7kL8', status: status.toUpperCase(), errorCode: error } }
		: {
				id: UUID,
				job_id: UUID,
				status: status === 'running' ? 'processing' : status,
				...(error && { error: { code: error, message: 'It went wrong' } }),
			};

/** Answers looks at the job while a condition holds. */
const whileIt =
	(holds: () => boolean, status: string, error?: string): Meddle =>
	({ provider, call }) =>
		isLook(call) && holds() ? { status: 200, body: wireJob(provider, status, error) } : undefined;

const runsTenMinutes = () => whileIt(() => Date.now() < START.getTime() + TEN_MINUTES, 'running');
const WAITS = [
	{ of: 'scriptivox transcription wait', field: 'transcriptionId', gives: TRANSCRIPT },
	{ of: 'whipscribe job wait', field: 'jobId', gives: TRANSCRIPT },
	{ of: 'transcripton job wait', field: 'jobId', gives: TRANSCRIPT },
	{ of: 'scripe job wait', field: 'jobId', gives: SOURCE },
];
/** What reads the transcript of a job that has ended, without a wait. */
const READS = [
	{ of: 'scriptivox transcription get', field: 'transcriptionId', gives: TRANSCRIPT },
	{ of: 'whipscribe job getTranscript', field: 'jobId', gives: TRANSCRIPT },
	{ of: 'transcripton job get', field: 'jobId', gives: TRANSCRIPT },
	{ of: 'scripe job get', field: 'jobId', gives: SOURCE },
];
const idIn = (message: string) => /job (\S+) is/.exec(message)![1]!;

/** An execution that is stopped while its jobs run, and each of them collected. */
async function collect(
	stage: Stage,
	of: string,
	count: number,
	{ of: wait, field, gives }: (typeof WAITS)[number],
): Promise<Followed> {
	const stop = new AbortController();
	let [starts, looks] = [0, 0];
	stage.meddle = (call) => {
		if (/^POST \/(jobs|transcribe|sources)/.test(call.call)) {
			starts += 1;
			return undefined;
		}
		// on a busy machine the first job is looked at again before the second is started
		const isCounted = isLook(call.call) && starts >= count;
		if (isCounted && (looks += 1) >= count) stop.abort(new Error('stopped'));
		return whileIt(() => true, 'running')(call);
	};
	const items = await Promise.all(
		Array.from({ length: count }, async (_, n) => await binaryItem(Buffer.from(`sound ${n}`))),
	);
	const stopped = { items: async () => items, run: { signal: stop.signal } };
	const { message, description } = await errorOf(runWith(stage, of, stopped));
	stage.meddle = () => undefined;
	const ids = message.match(/[0-9a-f]{8}-[0-9a-f-]{27}|job_\w+/g) ?? [];
	const output = [];
	for (const id of ids) {
		output.push(
			...(await runWith(stage, wait, {
				parameters: { [field]: { __rl: true, mode: 'id', value: id } },
			})),
		);
	}
	const expected = Array.from({ length: count }, () => gives);
	return { message, description: String(description), output, expected };
}

/** A start whose reply got lost, and that n8n tries again in the same execution. */
async function findAndCollect(stage: Stage, of: string): Promise<Followed> {
	const run = { runExecutionData: createRunExecutionData({}) };
	stage.meddle = ({ call }) =>
		call.startsWith('POST')
			? 'reset'
			: /^GET \/jobs\?/.test(call)
				? { status: 200, body: { jobs: [LISTED], total: 1, page: 1, limit: 20 } }
				: undefined;
	const retried = { run, items: async () => [recorded] };
	const recorded = await binaryItem(Buffer.from('sound of speech'));
	await errorOf(runWith(stage, of, retried));
	const { message, description } = await errorOf(runWith(stage, of, retried));
	const [found] = await runWith(stage, 'transcripton job getMany', {});
	const output = await runWith(stage, 'transcripton job wait', {
		parameters: { jobId: { __rl: true, mode: 'id', value: String(found!.json.id) } },
	});
	return { message, description: String(description), output, expected: [TRANSCRIPT] };
}

/** Jobs that take long, or end badly. */
export const jobs: Advice[] = [
	{
		message: '… has not finished within … minutes: job … is …',
		page: 'Read it later with the operations that the description names and the ID in the message',
		panel: /Use \w+: Wait or \w+: Get( Transcript)? with its ID/,
		trials: FROM_FILE.map(({ of }, index) => ({
			of,
			name: 'then Wait',
			wrong: { options: { timeoutMinutes: 2 } },
			right: (message: string) => ({
				of: WAITS[index]!.of,
				parameters: { [WAITS[index]!.field]: { __rl: true, mode: 'id', value: idIn(message) } },
			}),
			always: runsTenMinutes(),
			gives: WAITS[index]!.gives,
		})),
	},
	{
		message: '… has not finished within … minutes: job … is …',
		page: 'Read it later with the operations that the description names and the ID in the message',
		panel: /Use \w+: Wait or \w+: Get( Transcript)? with its ID/,
		trials: FROM_FILE.map(({ of }, index) => ({
			of,
			name: 'then Get',
			wrong: { options: { timeoutMinutes: 2 } },
			right: (message: string) => ({
				of: READS[index]!.of,
				parameters: { [READS[index]!.field]: { __rl: true, mode: 'id', value: idIn(message) } },
			}),
			passing: whileIt(() => true, 'running'),
			gives: READS[index]!.gives,
		})),
	},
	{
		message: '… has not finished within … minutes: job … is …',
		page: 'raise *Timeout* in the options',
		panel: /has not finished within 2 minutes/,
		trials: WAITS.map(({ of, gives }) => ({
			of,
			wrong: { options: { timeoutMinutes: 2 } },
			right: { options: { timeoutMinutes: 60 } },
			always: runsTenMinutes(),
			gives,
		})),
	},
	{
		message: 'Execution canceled: job … keeps running at …',
		page: 'fetch it with the operations that the description names and its ID',
		panel: /Use \w+: Wait or \w+: Get( Transcript)? with the ID of a job/,
		trials: FROM_FILE.map(({ of }, index) => ({
			of,
			follow: async (stage) => await collect(stage, of, 1, WAITS[index]!),
		})),
	},
	{
		message: 'Execution canceled: … jobs go on with …: …',
		page: 'The IDs are in the message',
		panel: /Use \w+: Wait or \w+: Get( Transcript)? with the ID of a job/,
		trials: FROM_FILE.map(({ of }, index) => ({
			of,
			follow: async (stage) => await collect(stage, of, 2, WAITS[index]!),
		})),
	},
	{
		message: '… may have served this item already',
		page: 'Look with *Get Many*, and fetch the job with the operations that the description names',
		panel: /Look with Job: Get Many, and get the job with Job: Wait or Job: Get and its ID/,
		trials: ['binaryFile', 'url'].map((inputType) => ({
			of: `transcripton job transcribe ${inputType}`,
			follow: async (stage) =>
				await findAndCollect(stage, `transcripton job transcribe ${inputType}`),
		})),
	},
	{
		message: '… could not …: …',
		page: "the description has the job's ID",
		panel: /(transcribe|start) it again\. Its job has the ID \S+/,
		trials: [...FROM_FILE, ...FROM_LINK].map((trial) => ({
			...trial,
			passing: whileIt(() => true, 'failed', 'PROCESSING_ERROR'),
		})),
	},
	{
		message: 'The job has no transcription: it is …',
		page: 'Turn on *Wait Until Ready*',
		panel: /Turn on Wait Until Ready in the options/,
		trials: [
			{
				of: 'transcripton translation create',
				right: { options: { waitUntilReady: true } },
				always: runsTenMinutes(),
				gives: { json: { text: 'Guten Morgen.' } },
			},
		],
	},
];
