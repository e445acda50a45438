import { FAULT_KINDS } from '../rig/faults/faultSchedule';
import { runFaults } from '../rig/faults/faultRun';
import { WatcherUnderFaults } from '../rig/faults/watcherUnderFaults';

const SEED = 1;
const FILES = 60;
/** One in twenty fails at the provider. */
const FAILING = FILES / 20;
/** What may be left out: a disk cannot be mounted everywhere. */
const DISK = 'disk full';

describe('the folder watcher in queue mode, while everything fails', () => {
	it('gives each file one transcript or one note, and pays once', async () => {
		const outcome = await runFaults({
			subject: WatcherUnderFaults.start,
			seed: SEED,
			files: FILES,
			asItIs: false,
			mostSeconds: 600,
			say: () => {},
		});

		const { leftOut } = outcome;
		if (leftOut.length > 0)
			console.warn(`Left out, as nothing can be mounted: ${leftOut.join(', ')}`);
		expect(outcome.problems).toEqual([]);
		expect([[], [DISK]]).toContainEqual(leftOut);
		expect([...outcome.faults, ...leftOut].sort()).toEqual([...FAULT_KINDS].sort());
		expect(outcome.transcripts + outcome.notes).toBe(FILES);
		expect(outcome.paidJobs).toBe(outcome.transcripts);
		expect(outcome.notes).toBe(FAILING);
	});
});
