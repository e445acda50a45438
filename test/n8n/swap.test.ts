import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { samplesFolder } from '../../dev/paths';
import { simulatedCredentials } from '../../dev/simulator/credentials';
import { type Simulator, startSimulator } from '../../dev/simulator/server';
import { byHand, nodeOf, outputOf, rowOf } from '../rig/workflows/workflows';
import { SharedN8n } from '../rig/n8n/sharedN8n';

const SAMPLE = 'morning-briefing.wav';

/** The providers that turn a recording into a transcript, and what they call the job. */
const PROVIDERS = [
	{ type: 'scriptivox', resource: 'transcription' },
	{ type: 'transcripton', resource: 'job' },
	{ type: 'whipscribe', resource: 'job' },
];

describe('a workflow that swaps its provider', () => {
	let house: SharedN8n;
	let simulator: Simulator;

	beforeAll(async () => {
		simulator = await startSimulator();
		house = await SharedN8n.take();
	});

	afterAll(async () => {
		await house?.giveBack();
		await simulator?.stop();
	});

	/** What the same workflow puts out with one provider or another in its middle. */
	async function outcomeWith({ type, resource }: (typeof PROVIDERS)[number]) {
		const credentialType = `${type}Api`;
		const { data } = simulatedCredentials(simulator).find((each) => each.type === credentialType)!;
		const credential = await house.n8n.client.credentials.create({
			name: type,
			type: credentialType,
			data,
		});
		const workflow = rowOf(
			`With ${type}`,
			byHand(),
			nodeOf('Read', 'n8n-nodes-base.readWriteFile', {
				operation: 'read',
				fileSelector: join(samplesFolder, SAMPLE),
			}),
			nodeOf(
				'Transcribe',
				`n8n-nodes-transcription.${type}`,
				{
					resource,
					operation: 'transcribe',
					inputType: 'binaryFile',
					diarize: true,
					options: { pollIntervalSeconds: 0.2 },
				},
				{ [credentialType]: credential },
			),
			nodeOf('Each Segment', 'n8n-nodes-base.splitOut', { fieldToSplitOut: 'segments' }),
		);
		const { client } = house.n8n;
		const { id } = await client.createWorkflow(workflow);
		return await client.executions.end(await client.runWorkflow(id, 'By Hand'));
	}

	it.each(PROVIDERS)('gets the same shape of transcript from $type', async (provider) => {
		const execution = await outcomeWith(provider);

		expect(execution.status).toBe('success');
		const [transcript] = outputOf(execution, 'Transcribe') as [IDataObject];
		const common = [
			'provider',
			'id',
			'status',
			'text',
			'language',
			'durationSeconds',
			'speechDetected',
			'speakers',
			'segments',
			'error',
			'fileName',
		];
		expect(Object.keys(transcript)).toEqual(expect.arrayContaining(common));
		expect(transcript).toMatchObject({
			provider: provider.type,
			id: expect.any(String) as string,
			status: 'completed',
			text: expect.stringMatching(/\w+ \w+/) as string,
			language: expect.any(String) as string,
			durationSeconds: expect.any(Number) as number,
			error: null,
			fileName: SAMPLE,
		});
		expect((transcript.speakers as string[]).length).toBeGreaterThan(0);
	});

	it.each(PROVIDERS)('splits the segments of $type without a change', async (provider) => {
		const execution = await outcomeWith(provider);

		const segments = outputOf(execution, 'Each Segment') ?? [];
		expect(segments.length).toBeGreaterThan(0);
		for (const segment of segments) {
			expect(segment).toEqual({
				start: expect.any(Number) as number,
				end: expect.any(Number) as number,
				speaker: expect.any(String) as string,
				text: expect.any(String) as string,
				words: expect.any(Array) as unknown[],
			});
		}
	});
});
