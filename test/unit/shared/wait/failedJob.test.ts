import { failedJobError } from '../../../../nodes/shared/wait/failedJob';
import type { ProviderError } from '../../../../nodes/shared/core/provider';
import { errorOf, everythingSaidBy, runNode } from '../../harness';
import { probe, PROBE_KEY, probeProvider } from '../probe';

/** What the node shows of a job that ended so. */
async function shown(reason: ProviderError | null, id = 'job1', task?: string) {
	const run = runNode({
		...probe(async (context, itemIndex) => {
			throw await failedJobError(context, itemIndex, probeProvider, id, reason, task);
		}),
		credentials: { probeApi: { apiKey: PROBE_KEY } },
	});
	return await errorOf(run);
}

describe('the error of a job that failed', () => {
	it('says what the provider says, and the ID of the job', async () => {
		const error = await shown({ code: 'BAD_AUDIO', message: 'No sound' });

		expect(error.message).toBe(
			'Probe could not transcribe the recording: No sound (BAD_AUDIO) [item 0]',
		);
		expect(error.description).toBe(
			'Check that the recording plays, then transcribe it again. Its job has the ID job1.',
		);
	});

	it('speaks of no recording where the job was to do something else', async () => {
		const error = await shown(
			{ code: 'TOO_SHORT', message: 'Too short' },
			'job1',
			'write the post',
		);

		expect(error.message).toBe('Probe could not write the post: Too short (TOO_SHORT) [item 0]');
		expect(error.description).toBe(
			'Check what it was given, then start it again. Its job has the ID job1.',
		);
	});

	it.each([
		['its message', { code: null, message: `The key ${PROBE_KEY} has no funds` }, 'job1'],
		['its code', { code: `NO_FUNDS_${PROBE_KEY}`, message: '' }, 'job1'],
		['its ID', { code: null, message: 'oops' }, `job-${PROBE_KEY}`],
	])('holds no key, though the provider puts it into %s', async (_place, reason, id) => {
		const said = everythingSaidBy(await shown(reason, id));

		expect(said).not.toContain(PROBE_KEY);
	});
});
