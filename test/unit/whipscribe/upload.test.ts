import { createHash, randomBytes } from 'node:crypto';
import nock from 'nock';

import { startSimulator, type Simulator } from '../../../dev/simulator/server';
import { binaryItem, useBinaryStorage } from '../harness';
import type { BinaryStorage } from '../harness';
import { run } from './support';

const BYTES = randomBytes(5 * 1024 * 1024);

describe.each<BinaryStorage>(['filesystem', 'memory'])('uploading a file out of %s', (storage) => {
	let simulator: Simulator;

	beforeAll(async () => {
		await useBinaryStorage(storage);
		// what is sent here goes over a real connection, to the simulator alone
		nock.restore();
		simulator = await startSimulator();
	});
	afterEach(() => simulator.reset());
	afterAll(async () => await simulator.stop());

	const transcribe = async () => {
		const { apiKey, baseUrl } = simulator.whipscribe;
		return await run(
			'job',
			'transcribe',
			{ inputType: 'binaryFile', wait: 'none' },
			{
				items: [await binaryItem(BYTES, { fileName: 'talk.mp3', mimeType: 'audio/mpeg' })],
				credentials: { whipscribeApi: { apiKey, baseUrl } },
			},
		);
	};
	const sha256 = createHash('sha256').update(BYTES).digest('hex');

	it('brings every byte', async () => {
		await transcribe();

		expect(simulator.whipscribe.jobs()).toMatchObject([
			{ fileName: 'talk.mp3', sha256, sizeBytes: BYTES.length, source: 'api' },
		]);
	});

	it('begins anew where the connection breaks in the middle of the file', async () => {
		simulator.whipscribe.fail({ endpoint: 'POST /transcribe', kind: 'reset' });

		await transcribe();

		expect(simulator.whipscribe.jobs()).toMatchObject([{ sha256 }]);
		expect(simulator.whipscribe.statistics().requests).toEqual({ 'POST /transcribe': 2 });
	});

	it('finds its job again where the reply was lost, and starts no second one', async () => {
		simulator.whipscribe.fail({ endpoint: 'POST /transcribe', kind: 'reset', stage: 'reply' });

		const [item] = await transcribe();

		expect(item!.json).toMatchObject({
			replayed: true,
			claimToken: expect.stringMatching(/^claim_/),
		});
		expect(simulator.whipscribe.statistics()).toMatchObject({ jobs: 1, idempotentReplays: 1 });
	});
});
