import { DRIVE, faultsPage, type KeptOutcome, PARKED } from '../../../rig/faults/faultsPage';

const outcome = (name: string, changes: Partial<KeptOutcome> = {}): KeptOutcome => ({
	name,
	day: '2026-01-31',
	seed: Number(name) || 1,
	faults: ['main killed'],
	leftOut: [],
	files: 200,
	transcripts: 190,
	notes: 10,
	paidJobs: 190,
	secondsAfter: 99,
	problems: [],
	...changes,
});
const parked = (changes: Partial<KeptOutcome>) => outcome(PARKED, { files: 300, ...changes });

describe('the page of what faults did', () => {
	it('has a line with the day for each seed, and says for how many all held', () => {
		const page = faultsPage([outcome('1'), outcome('2', { problems: ['3 paid jobs'] })]);

		expect(page).toContain('| 1 | main killed | 200 | 190 | 10 | 190 | 99 | 2026-01-31 |');
		expect(page).toContain('**All of this held for 1 of 2 seeds.**');
		expect(page).toContain('- Seed 2: 3 paid jobs');
	});

	it('says of parked executions that the bar was met where all went on by themselves', () => {
		const page = faultsPage([
			parked({ transcripts: 300, retried: 24, notes: 0, secondsAfter: 77 }),
		]);

		expect(page).toContain('**All 300 have gone on');
		expect(page).toContain('within 77 s');
		expect(page).toContain('24 of them were retried by *Failed jobs*');
		expect(page).not.toContain('*Retry with original workflow*');
		expect(page).not.toContain('is not met');
	});

	it('says that it was not met where some did not, and how many Get read', () => {
		const problems = [
			'18 executions did not go on by themselves',
			'7-slow-63.5s.mp3 has no transcript',
		];
		const page = faultsPage([parked({ transcripts: 282, notes: 14, readByGet: 3, problems })]);

		expect(page).toContain('is not met: 282 of 300 did');
		expect(page).toContain('The other 18 were then retried');
		expect(page).toContain('14 went on with their transcript');
		expect(page).toContain(
			'For the other 4, *Transcription: Get* was run: it read the transcripts of 3.',
		);
		expect(page).not.toContain('- Seed');
	});

	it('says of Google Drive whether all of it held', () => {
		expect(faultsPage([outcome(DRIVE)])).toContain('**All were through 99 s after');
		expect(faultsPage([outcome(DRIVE, { problems: ['1.mp3 has no srt'] })])).toContain(
			'**Not all of it held',
		);
	});

	it('says what was left out', () => {
		expect(faultsPage([outcome('1', { leftOut: ['disk full'] })])).toContain('mounted: disk full');
	});
});
